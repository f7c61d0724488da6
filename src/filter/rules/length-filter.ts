import { z } from "zod";
import { lengthOf } from "../length-of.js";
import { numbers, ruleOptions, units } from "../options.js";
import { defineRule } from "../rule.js";

export const lengthFilter = defineRule({
  name: "LengthFilter",
  origin: "OpusFilter",
  description: "Words or characters of each side; both bounds are kept.",
  options: ruleOptions({
    min_length: numbers(1).describe("The shortest that is kept."),
    max_length: numbers(100).describe("The longest that is kept."),
    unit: units("word").describe("What is counted."),
    pass_empty: z.boolean().default(false).describe("Keep pairs of which both sides are empty."),
  }),
  create: ({ min_length, max_length, unit, pass_empty }) => ({
    of: "side",
    measure: (text, side) => lengthOf(text, unit[side]),
    bounds: [
      { option: "min_length", keeps: "at least", limits: min_length },
      { option: "max_length", keeps: "at most", limits: max_length },
    ],
    exempts: pass_empty
      ? ({ source, target }) => lengthOf(source, unit[0]) + lengthOf(target, unit[1]) === 0
      : undefined,
  }),
});

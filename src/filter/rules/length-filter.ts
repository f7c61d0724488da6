import { z } from "zod";
import { lengthOf } from "../length-of.js";
import { defineRule } from "../rule.js";
import { numbers, ruleOptions, units } from "../rule-options.js";

export const lengthFilter = defineRule({
  name: "LengthFilter",
  origin: "OpusFilter",
  description: "Length of each side.",
  options: ruleOptions({
    min_length: numbers(1).describe("Keep at least this length."),
    max_length: numbers(100).describe("Keep at most this length."),
    unit: units("word").describe("What to count."),
    pass_empty: z.boolean().default(false).describe("Keep pairs with both sides empty."),
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

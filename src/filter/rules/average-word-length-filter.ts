import { z } from "zod";
import { defineRule } from "../rule.js";
import { numbers, ruleOptions } from "../rule-options.js";
import type { TextFacts } from "../text-facts.js";

export const averageWordLengthFilter = defineRule({
  name: "AverageWordLengthFilter",
  origin: "OpusFilter",
  description: "Mean characters per word of each side; 0 for an empty side.",
  options: ruleOptions({
    min_length: numbers(2).describe("Keep means of at least this."),
    max_length: numbers(20).describe("Keep means of at most this."),
    pass_empty: z.boolean().default(false).describe("Keep pairs with both sides empty."),
  }),
  create: ({ min_length, max_length, pass_empty }) => ({
    of: "side",
    measure: meanLength,
    bounds: [
      { option: "min_length", keeps: "at least", limits: min_length },
      { option: "max_length", keeps: "at most", limits: max_length },
    ],
    exempts: pass_empty ? ({ source, target }) => meanLength(source) + meanLength(target) === 0 : undefined,
  }),
});

const meanLength = ({ counts }: TextFacts) => (counts.words === 0 ? 0 : counts.inWords / counts.words);

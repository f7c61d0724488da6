import { z } from "zod";
import { defineRule } from "../rule.js";
import { numbers, ruleOptions } from "../rule-options.js";

export const longWordFilter = defineRule({
  name: "LongWordFilter",
  origin: "OpusFilter",
  description: "Characters of each side's longest word.",
  options: ruleOptions({
    threshold: numbers(40).describe("Keep shorter words."),
    part_unspaced: z
      .boolean()
      .default(false)
      .describe("Ignore runs of Han, kana, Thai, Lao, Khmer and Burmese, which are written without spaces."),
  }),
  create: ({ threshold, part_unspaced }) => ({
    of: "side",
    measure: ({ counts }) => (part_unspaced ? counts.longestParted : counts.longestWord),
    bounds: [{ option: "threshold", keeps: "less than", limits: threshold }],
  }),
});

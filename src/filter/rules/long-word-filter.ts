import { z } from "zod";
import { numbers, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

export const longWordFilter = defineRule({
  name: "LongWordFilter",
  origin: "OpusFilter",
  description: "Characters of each side's longest word.",
  options: ruleOptions({
    threshold: numbers(40).describe("Shorter ones are kept."),
    part_unspaced: z
      .boolean()
      .default(false)
      .describe("Take no run of Han, kana, Thai, Lao, Khmer or Burmese, which part no words, for a word."),
  }),
  create: ({ threshold, part_unspaced }) => ({
    of: "side",
    measure: ({ counts }) => (part_unspaced ? counts.longestParted : counts.longestWord),
    bounds: [{ option: "threshold", keeps: "less than", limits: threshold }],
  }),
});

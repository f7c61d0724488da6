import { z } from "zod";
import { defineRule } from "../rule.js";
import { ruleOptions, shareThresholds } from "../rule-options.js";

export const alphabetRatioFilter = defineRule({
  name: "AlphabetRatioFilter",
  origin: "OpusFilter",
  description: "Share of letters among each side's characters; 1 for an empty side.",
  options: ruleOptions({
    threshold: shareThresholds(0.75).describe("Keep at least this share."),
    exclude_whitespace: z.boolean().default(false).describe("Do not count spaces."),
  }),
  create: ({ threshold, exclude_whitespace }) => ({
    of: "side",
    measure: ({ counts }) => {
      const all = exclude_whitespace ? counts.inWords : counts.characters;
      return all === 0 ? 1 : counts.letters / all;
    },
    bounds: [{ option: "threshold", keeps: "at least", limits: threshold }],
  }),
});

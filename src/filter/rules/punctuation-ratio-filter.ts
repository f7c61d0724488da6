import { defineRule } from "../rule.js";
import { ruleOptions, shares } from "../rule-options.js";

export const punctuationRatioFilter = defineRule({
  name: "PunctuationRatioFilter",
  origin: "crisscross",
  description: "Share of punctuation and symbols among each side's characters.",
  options: ruleOptions({ threshold: shares(0.3).describe("Keep at most this share.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ counts }) => counts.punctuation / Math.max(1, counts.characters),
    bounds: [{ option: "threshold", keeps: "at most", limits: threshold }],
  }),
});

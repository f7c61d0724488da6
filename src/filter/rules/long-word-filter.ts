import { numbers, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

export const longWordFilter = defineRule({
  name: "LongWordFilter",
  origin: "OpusFilter",
  description: "Characters of each side's longest word.",
  options: ruleOptions({ threshold: numbers(40).describe("Shorter ones are kept.") }),
  create: ({ threshold }) => ({
    of: "side",
    measure: ({ counts }) => counts.longestWord,
    bounds: [{ option: "threshold", keeps: "less than", limits: threshold }],
  }),
});

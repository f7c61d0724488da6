import { longestCommonSubstring } from "../longest-common-substring.js";
import { both, ruleOptions, share } from "../options.js";
import { defineRule } from "../rule.js";

export const longestCommonSubstringFilter = defineRule({
  name: "LongestCommonSubstringFilter",
  origin: "OpusFilter",
  description:
    "The longest text that both sides have, over the shorter side's length; 0 if one is empty. Slow for long sides.",
  options: ruleOptions({ threshold: share(0.9).describe("Smaller values are kept.") }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => {
      const shorter = Math.min(source.codes.length, target.codes.length);
      return shorter === 0 ? 0 : longestCommonSubstring(source.codes, target.codes) / shorter;
    },
    bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold) }],
  }),
});

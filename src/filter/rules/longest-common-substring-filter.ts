import { longestCommonSubstring } from "../longest-common-substring.js";
import { both, ruleOptions, share } from "../options.js";
import { defineRule } from "../rule.js";

export const longestCommonSubstringFilter = defineRule({
  name: "LongestCommonSubstringFilter",
  origin: "OpusFilter",
  description: "The longest text that both sides have, over the shorter side's length; 0 if one is empty.",
  options: ruleOptions({ threshold: share(0.9).describe("Smaller values are kept.") }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => {
      const [a, b] = [[...source.text], [...target.text]];
      const shorter = Math.min(a.length, b.length);
      return shorter === 0 ? 0 : longestCommonSubstring(a, b) / shorter;
    },
    bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold) }],
  }),
});

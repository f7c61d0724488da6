import { longestCommonSubstring } from "../longest-common-substring.js";
import { defineRule } from "../rule.js";
import { both, requireAll, ruleOptions, shareThreshold } from "../rule-options.js";

export const longestCommonSubstringFilter = defineRule({
  name: "LongestCommonSubstringFilter",
  origin: "OpusFilter",
  description:
    "The length of the longest substring that both sides share, divided by the shorter side's length; 0 if a side is empty. Slow for long sides. Unlike there, all characters count in sides of 200 characters and more, where Python's difflib leaves out the common ones.",
  options: ruleOptions({
    threshold: shareThreshold(0.9).describe("Keep smaller values."),
    require_all: requireAll(),
  }),
  create: ({ threshold }) => ({
    of: "pair",
    measure: ({ source, target }) => {
      const shorter = Math.min(source.codes.length, target.codes.length);
      return shorter === 0 ? 0 : longestCommonSubstring(source.codes, target.codes) / shorter;
    },
    bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold) }],
  }),
});

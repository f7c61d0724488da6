import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

const TAG = /<[a-z][^\s/>]*(?:[\s/][^>]*)?>/i;

export const htmlTagFilter = defineRule({
  name: "HtmlTagFilter",
  origin: "OpusFilter",
  description: "1, and rejected, if a side has an HTML tag.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (text.includes("<") && TAG.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});

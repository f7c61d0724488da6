import { NONE, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

const TAG = /<[a-z][^\s/>]*(?:[\s/][^>]*)?>/i;

export const htmlTagFilter = defineRule({
  name: "HtmlTagFilter",
  origin: "OpusFilter",
  description: "1 for a side with a tag of HTML in it; none is kept.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (text.includes("<") && TAG.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});

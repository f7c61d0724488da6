import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

/** A name, a dot, and two to six small letters at the end of a word. */
const ADDRESS = /[-\w@:%.+~#=]{2}\.[a-z]{2,6}(?![\p{L}\p{N}_])/u;

export const noUrls = defineRule({
  name: "no_urls",
  origin: "Bicleaner hardrules",
  description: "1, and rejected, if a side has a web or e-mail address, such as example.com.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (ADDRESS.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});

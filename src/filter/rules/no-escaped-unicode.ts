import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

const ESCAPED = /\\[xu][0-9a-fA-F]{2}/;

export const noEscapedUnicode = defineRule({
  name: "no_escaped_unicode",
  origin: "Bicleaner hardrules",
  description: "1, and rejected, if a side has a character written as \\u00e9 or \\xe9.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (text.includes("\\") && ESCAPED.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});

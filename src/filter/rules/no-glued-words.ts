import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

/** Two capitals in one run of letters, each with small letters after it. */
const GLUED = /\p{Uppercase}\p{Lowercase}+\p{Alphabetic}*\p{Uppercase}\p{Lowercase}/u;

export const noGluedWords = defineRule({
  name: "no_glued_words",
  origin: "Bicleaner hardrules",
  description: "1, and rejected, if a side has words run together, such as ContactUs.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (GLUED.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});

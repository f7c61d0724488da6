import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";
import { haveSameLetters } from "../same-letters.js";

export const noIdentical = defineRule({
  name: "no_identical",
  origin: "Bicleaner hardrules",
  description:
    "1, and rejected, if both sides have the same letters, whatever their case, digits and signs. Unlike there, vowel signs are letters, as in Hindi, Thai and vowelled Arabic.",
  options: ruleOptions({}),
  create: () => ({
    of: "pair",
    measure: ({ source, target }) => (haveSameLetters(source.text, target.text) ? 1 : 0),
    bounds: NONE,
  }),
});

import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

export const initialCaseFilter = defineRule({
  name: "InitialCaseFilter",
  origin: "crisscross",
  description: "1, and rejected, if only one of the sides begins with a small letter.",
  options: ruleOptions({}),
  create: () => ({
    of: "pair",
    measure: ({ source, target }) => {
      const [a, b] = [caseOf(source.text), caseOf(target.text)];
      return a !== b && (a === "small" || b === "small") ? 1 : 0;
    },
    bounds: NONE,
  }),
});

const FIRST_LETTER = /\p{L}|\p{Nd}/u;

function caseOf(text: string): "small" | "other" {
  const [first] = FIRST_LETTER.exec(text) ?? [""];
  return /\p{Ll}/u.test(first) ? "small" : "other";
}

import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

const BRACKET = /[[\](){}⟨⟩]/;

export const noParen = defineRule({
  name: "no_paren",
  origin: "Bicleaner hardrules",
  description:
    "1, and rejected, if a side has unbalanced [ ], { } or ⟨ ⟩ or more than six of one kind, or if a side has unbalanced ( ) and the sides do not have the same number of ).",
  options: ruleOptions({}),
  create: () => ({
    of: "pair",
    measure: ({ source, target }) => (areSound(source.text, target.text) ? 0 : 1),
    bounds: NONE,
  }),
});

function areSound(source: string, target: string): boolean {
  const [ours, theirs] = [BRACKET.test(source), BRACKET.test(target)];
  if (!ours && !theirs) return true;
  for (const text of [source, target]) {
    for (const [open, close] of ["[]", "{}", "⟨⟩"]) {
      const [opened, closed] = [countOf(text, open), countOf(text, close)];
      if (opened !== closed || opened + closed > 6) return false;
    }
  }
  const closed = [countOf(source, ")"), countOf(target, ")")];
  const balanced = countOf(source, "(") === closed[0] && countOf(target, "(") === closed[1];
  // A list's a) and b) stand on both sides.
  return balanced || closed[0] === closed[1];
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count++;
  return count;
}

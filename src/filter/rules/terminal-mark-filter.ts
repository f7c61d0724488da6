import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

export const terminalMarkFilter = defineRule({
  name: "TerminalMarkFilter",
  origin: "crisscross",
  description:
    "1, and rejected, if the sides do not end alike: as a statement, a question, an exclamation, with a colon, or with no mark. Quotes and brackets after the mark are ignored. A question in Greek ends in a semicolon.",
  options: ruleOptions({}),
  create: () => ({
    of: "pair",
    measure: ({ source, target }) => (endOf(source.text) === endOf(target.text) ? 0 : 1),
    bounds: NONE,
  }),
});

const CLOSING = new Set("\"'”’»«)]}）」』】〉》“‘ \u00a0\u3000");
/** The same mark in the scripts that have one of their own, by what it stands for. */
const MARKS: Record<string, string> = {
  ".": ".",
  "…": ".",
  "。": ".",
  "．": ".",
  "।": ".",
  "۔": ".",
  "።": ".",
  "։": ".",
  "॥": ".",
  "?": "?",
  "？": "?",
  "؟": "?",
  "\u037e": "?",
  ";": ".",
  "；": ".",
  "!": "!",
  "！": "!",
  ":": ":",
  "：": ":",
};

/** Two letters of a word: one alone may be of a formula. */
const GREEK = /\p{Script=Greek}{2}/u;

function endOf(text: string): string {
  let end = text.length - 1;
  while (end > 0 && CLOSING.has(text[end])) end--;
  if (text[end] === ";" && GREEK.test(text)) return "?";
  return MARKS[text[end]] ?? "";
}

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

const CLOSING = /["'\p{Pe}\p{Pf}\p{Pi}\s]/u;

/** The marks of scripts that have one of their own, by what they stand for; forms of one mark (full-width, …) are one. */
const MARKS: Record<string, string> = {
  ".": ".",
  "。": ".",
  "।": ".",
  "॥": ".",
  "۔": ".",
  "։": ".",
  "።": ".",
  "။": ".",
  "។": ".",
  "៕": ".",
  "།": ".",
  "༎": ".",
  "᠃": ".",
  "᱾": ".",
  "꯫": ".",
  ";": ".",
  "؛": ".",
  "፤": ".",
  "?": "?",
  "؟": "?",
  "፧": "?",
  "!": "!",
  "߹": "!",
  ":": ":",
};

/** Looks like a semicolon, and in Unicode's normal forms it is one. */
const GREEK_QUESTION = "\u037e";

/** Two letters of a word: one alone may be of a formula. */
const GREEK = /\p{Script=Greek}{2}/u;

function endOf(text: string): string {
  let end = text.length - 1;
  while (end > 0 && CLOSING.test(text[end])) end--;
  if (end < 0) return "";
  const mark = text[end];
  if (mark === GREEK_QUESTION || (mark === ";" && GREEK.test(text))) return "?";
  return MARKS[mark.normalize("NFKC").at(-1)!] ?? "";
}

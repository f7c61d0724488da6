import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

export const noTitles = defineRule({
  name: "no_titles",
  origin: "Bicleaner hardrules",
  description: "1, and rejected, if both sides are Titles Of Several Words.",
  options: ruleOptions({}),
  create: () => ({
    of: "pair",
    measure: ({ source, target }) => (isTitle(source.text) && isTitle(target.text) ? 1 : 0),
    bounds: NONE,
  }),
});

const CASED = /[\p{Uppercase}\p{Lt}\p{Lowercase}]/u;
/** A capital after a letter with case, or a small letter after something else. */
const BROKEN =
  /(?<=[\p{Uppercase}\p{Lt}\p{Lowercase}])[\p{Uppercase}\p{Lt}]|(?<![\p{Uppercase}\p{Lt}\p{Lowercase}])\p{Lowercase}/u;

/** As Python's `istitle`, of more than one word. */
const isTitle = (text: string) => text.trim().includes(" ") && CASED.test(text) && !BROKEN.test(text);

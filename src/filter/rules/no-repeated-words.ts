import { EAST_ASIAN } from "../east-asian.js";
import { repeatsCharacters } from "../repeated-characters.js";
import { repeatsWords } from "../repeated-words.js";
import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

/** Languages in which words that follow themselves are hardly ever meant; the others are searched for characters that do. */
const BY_WORDS =
  "en es fr pl de it pt nl cs ro fi lv et bg hr da hu ga eu gl sl sv mt sk is lt nb nn no ur sw my so bn fa gu".split(
    " ",
  );
/** How many characters a repeat has, both times together. */
const LEAST = 8;
const LEAST_EAST_ASIAN = 5;

export const noRepeatedWords = defineRule({
  name: "no_repeated_words",
  origin: "Bicleaner hardrules",
  description:
    "1, and rejected, if a side says words twice with nothing but spaces between, case ignored, in at least eight characters altogether. For an unknown language, or one that often repeats words: if it repeats characters at once, in at least eight altogether, five in zh, ja, ko, yue and bo.",
  options: ruleOptions({}),
  create: (_, { languages }) => {
    const repeats = [0, 1].map((side) => {
      const language = languages?.[side].split("-")[0] ?? "";
      if (BY_WORDS.includes(language)) return repeatsWords;
      return (text: string) =>
        repeatsCharacters(text, EAST_ASIAN.includes(language) ? LEAST_EAST_ASIAN : LEAST);
    });
    return {
      of: "side",
      measure: ({ text }, side) => (repeats[side](text) ? 1 : 0),
      bounds: NONE,
    };
  },
});

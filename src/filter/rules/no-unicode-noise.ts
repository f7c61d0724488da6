import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

const NOISE = /[\x80-\xff]{3}/;
/** These have words such as þýðir. */
const RELAXED = /[\x80-\xff]{7}/;
const RELAXED_LANGUAGES = ["is", "fi", "az"];

export const noUnicodeNoise = defineRule({
  name: "no_unicode_noise",
  origin: "Bicleaner hardrules",
  description:
    "1, and rejected, if a side has three characters from U+0080 to U+00FF in a row (seven in is, fi and az).",
  options: ruleOptions({}),
  create: (_, { languages }) => {
    const noise = [0, 1].map((side) =>
      RELAXED_LANGUAGES.includes(languages?.[side].split("-")[0] ?? "") ? RELAXED : NOISE,
    );
    return {
      of: "side",
      measure: ({ text }, side) => (noise[side].test(text) ? 1 : 0),
      bounds: NONE,
    };
  },
});

import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

/** Languages that have the letters which UTF-8 read as Latin-1 shows. */
const A_TILDE = ["pt"];
const A_CIRCUMFLEX = ["cy", "fr", "fa", "it", "pt", "tr", "vi", "lij", "ro"];

export const noBadEncoding = defineRule({
  name: "no_bad_encoding",
  origin: "Bicleaner hardrules",
  description: "1, and rejected, if a side has Ã or Â and its language has no such letter.",
  options: ruleOptions({}),
  create: (_, { languages }) => {
    const has = (letters: readonly string[], side: 0 | 1) =>
      letters.includes(languages?.[side].split("-")[0] ?? "");
    return {
      of: "side",
      measure: ({ text }, side) =>
        (!has(A_TILDE, side) && text.includes("Ã")) || (!has(A_CIRCUMFLEX, side) && text.includes("Â"))
          ? 1
          : 0,
      bounds: NONE,
    };
  },
});

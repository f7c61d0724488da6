import { defineRule } from "../rule.js";
import { NONE, ruleOptions } from "../rule-options.js";

/** A character, or an emoji of several: a flag, or one with its modifiers and what is joined to it. */
const ONE = String.raw`(?:\p{RI}\p{RI}|\P{Nd}(?:[\ufe0e\ufe0f\u20e3\p{Emoji_Modifier}]|\u200d\P{Nd})*)`;
const SPACED = new RegExp(`(?: ${ONE}){4} `, "u");

export const noSpaceNoise = defineRule({
  name: "no_space_noise",
  origin: "Bicleaner hardrules",
  description:
    "1, and rejected, if a side has letters, signs or emoji spaced out l i k e t h i s; digits of any script may be. Unlike there, an emoji of several characters counts as one.",
  options: ruleOptions({}),
  create: () => ({
    of: "side",
    measure: ({ text }) => (SPACED.test(text) ? 1 : 0),
    bounds: NONE,
  }),
});

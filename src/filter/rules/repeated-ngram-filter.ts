import { z } from "zod";
import { ruleOptions, shares } from "../options.js";
import { defineRule } from "../rule.js";
import { ngramsOf, tokensOf } from "../tokens.js";

export const repeatedNgramFilter = defineRule({
  name: "RepeatedNgramFilter",
  origin: "crisscross",
  description: "Share of each side's n-grams of words that stand there before; 0 if it has fewer than two.",
  options: ruleOptions({
    size: z.int().min(1).default(3).describe("Words of an n-gram; characters where words are not parted."),
    threshold: shares(0.2).describe("The largest share that is kept."),
  }),
  create: ({ size, threshold }) => ({
    of: "side",
    measure: ({ text }) => {
      const ngrams = ngramsOf(tokensOf(text), size);
      return ngrams.length < 2 ? 0 : (ngrams.length - new Set(ngrams).size) / ngrams.length;
    },
    bounds: [{ option: "threshold", keeps: "at most", limits: threshold }],
  }),
});

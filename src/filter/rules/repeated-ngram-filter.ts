import { z } from "zod";
import { defineRule } from "../rule.js";
import { ruleOptions, shares } from "../rule-options.js";
import { ngramsOf, tokensOf } from "../tokens.js";

export const repeatedNgramFilter = defineRule({
  name: "RepeatedNgramFilter",
  origin: "crisscross",
  description:
    "Share of each side's word n-grams that repeat an earlier one; 0 if it has fewer than two n-grams. Words are runs of letters, marks and digits, case aside.",
  options: ruleOptions({
    size: z.int().min(1).default(3).describe("Words per n-gram; characters in scripts without spaces."),
    threshold: shares(0.2).describe("Keep at most this share."),
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

import { z } from "zod";
import { OptionError } from "../../errors.js";
import { copyKey } from "../../text/copy-key.js";
import { HashedTexts } from "../hashed-texts.js";
import { defineRule } from "../rule.js";
import { ruleOptions, share } from "../rule-options.js";
import { ngramsOf, tokensOf } from "../tokens.js";

export const testSetFilter = defineRule({
  name: "TestSetFilter",
  origin: "crisscross",
  description:
    "Share of each side's word n-grams that occur in a test set; 1 if the whole side does, whatever its case, spacing and punctuation.",
  options: ruleOptions({
    files: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("The test sets, of either side, one sentence a line."),
    size: z.int().min(1).default(8).describe("Words per n-gram; characters in scripts without spaces."),
    threshold: share(0.5).describe("Keep smaller shares."),
  }),
  create: async ({ files, size, threshold }, { readTexts, hash }) => {
    if (!files) throw new OptionError("TestSetFilter needs files: the test sets to keep out.");
    /** Whole sentences and n-grams, which cannot be taken for each other. */
    const seen = new HashedTexts(hash);
    const whole = (text: string) => `=${copyKey(text)}`;
    for (const file of files)
      for await (const texts of readTexts(file))
        for (const text of texts) {
          const tokens = tokensOf(text);
          if (text.trim() !== "") seen.add(whole(text));
          for (const ngram of ngramsOf(tokens, size)) seen.add(ngram);
        }
    return {
      of: "side",
      measure: ({ text }) => {
        const tokens = tokensOf(text);
        if (seen.has(whole(text))) return 1;
        const ngrams = ngramsOf(tokens, size);
        return ngrams.filter((ngram) => seen.has(ngram)).length / Math.max(1, ngrams.length);
      },
      bounds: [{ option: "threshold", keeps: "less than", limits: [threshold, threshold] }],
    };
  },
});

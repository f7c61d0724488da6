import { z } from "zod";
import { codesOf } from "../../text/code-points.js";
import { editDistance } from "../../text/edit-distance.js";
import { defineRule } from "../rule.js";
import { both, ruleOptions, share, unit } from "../rule-options.js";
import type { TextFacts } from "../text-facts.js";

export const similarityFilter = defineRule({
  name: "SimilarityFilter",
  origin: "OpusFilter",
  description:
    "1 − the Levenshtein distance of the sides divided by the longer one's length; 1 if both are empty. Slow for long sides.",
  options: ruleOptions({
    threshold: share(0.9).describe("Keep smaller values."),
    unit: unit("char").describe("What is inserted, deleted and replaced."),
    lowercase: z.boolean().default(false).describe("Ignore case."),
    weights: z
      .tuple([z.literal(1), z.literal(1), z.literal(1)], {
        error: "expected [1, 1, 1]; other costs are not supported",
      })
      .optional()
      .describe("What it costs to insert, delete and replace; [1, 1, 1] alone."),
  }),
  create: ({ threshold, unit, lowercase }) => {
    const cased = (facts: TextFacts) => (lowercase ? facts.text.toLowerCase() : facts.text);
    const similarity = (a: Uint32Array, b: Uint32Array) =>
      a.length + b.length === 0 ? 1 : 1 - editDistance(a, b) / Math.max(a.length, b.length);
    return {
      of: "pair",
      measure: ({ source, target }) => {
        if (unit !== "word")
          return lowercase
            ? similarity(codesOf(cased(source)), codesOf(cased(target)))
            : similarity(source.codes, target.codes);
        const numbers = new Map<string, number>();
        return similarity(numberWords(cased(source), numbers), numberWords(cased(target), numbers));
      },
      bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold) }],
    };
  },
});

/** The words of a text, each by its number among all words of both. */
function numberWords(text: string, numbers: Map<string, number>): Uint32Array {
  const words = text.split(/\s+/).filter((word) => word !== "");
  for (const word of words) if (!numbers.has(word)) numbers.set(word, numbers.size);
  return Uint32Array.from(words, (word) => numbers.get(word)!);
}

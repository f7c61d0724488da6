import { z } from "zod";
import { codesOf } from "../../text/code-points.js";
import { editDistance } from "../../text/edit-distance.js";
import { highestEditCost, weightedEditDistance } from "../../text/weighted-edit-distance.js";
import { defineRule } from "../rule.js";
import { both, requireAll, ruleOptions, shareThreshold, unit } from "../rule-options.js";
import type { TextFacts } from "../text-facts.js";

const cost = z.int().min(0);

export const similarityFilter = defineRule({
  name: "SimilarityFilter",
  origin: "OpusFilter",
  description:
    "1 − the Levenshtein distance of the sides divided by the longer one's length, or by the most that its edits may cost; 1 if both are empty. Slow for long sides.",
  options: ruleOptions({
    threshold: shareThreshold(0.9).describe("Keep smaller values."),
    unit: unit("char").describe("What is inserted, deleted and replaced."),
    lowercase: z.boolean().default(false).describe("Ignore case."),
    weights: z
      .tuple([cost, cost, cost], { error: "expected three costs: to insert, to delete and to replace" })
      .default([1, 1, 1])
      .describe("What it costs to insert, delete and replace, in whole numbers. Others than 1 are slower."),
    require_all: requireAll(),
  }),
  create: ({ threshold, unit, lowercase, weights }) => {
    const cased = (facts: TextFacts) => (lowercase ? facts.text.toLowerCase() : facts.text);
    const distance = weights.every((cost: number) => cost === 1)
      ? editDistance
      : (a: Uint32Array, b: Uint32Array) => weightedEditDistance(a, b, weights);
    const similarity = (a: Uint32Array, b: Uint32Array) => {
      const highest = highestEditCost(a.length, b.length, weights);
      return highest === 0 ? 1 : 1 - distance(a, b) / highest;
    };
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

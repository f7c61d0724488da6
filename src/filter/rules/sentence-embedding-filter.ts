import { z } from "zod";
import { both, number, ruleOptions } from "../options.js";
import { defineRule } from "../rule.js";

export const sentenceEmbeddingFilter = defineRule({
  name: "SentenceEmbeddingFilter",
  origin: "OpusFilter",
  description:
    "Cosine of both sides' vectors. Margins need the whole corpus: take ScoreFilter on what crisscross score adds.",
  options: ruleOptions({
    threshold: number(0.5).describe("The least that is kept."),
    encoder: z.string().optional().describe("As of --encoder; the built-in one if left out."),
  }),
  create: async ({ threshold, encoder }, { openCosines }) => {
    const cosines = await openCosines(encoder);
    return {
      of: "pairs",
      measure: (pairs) => cosines(pairs.map(({ pair }) => pair)),
      bounds: [{ option: "threshold", keeps: "at least", limits: both(threshold) }],
    };
  },
});

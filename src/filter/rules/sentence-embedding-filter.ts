import { z } from "zod";
import { defineRule } from "../rule.js";
import { both, ignored, number, ruleOptions } from "../rule-options.js";

export const sentenceEmbeddingFilter = defineRule({
  name: "SentenceEmbeddingFilter",
  origin: "OpusFilter",
  description:
    "Cosine of both sides' vectors. For margins, which need the whole corpus, run crisscross score and use ScoreFilter.",
  options: ruleOptions({
    threshold: number(0.5).describe("Keep at least this."),
    languages: ignored(z.array(z.string()).length(2), "Says nothing to these encoders"),
    chunksize: ignored(z.int().min(1), "How many pairs are embedded at a time"),
    nn_model: z
      .null({
        error:
          "is a model of scikit-learn for margins; instead, run crisscross score and use ScoreFilter on the margins that it gives",
      })
      .optional()
      .describe("None: OpusFilter's model of neighbours is not read."),
    encoder: z.string().optional().describe("Its name; by default the built-in encoder."),
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

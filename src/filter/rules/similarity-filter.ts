import { z } from "zod";
import { editDistance } from "../edit-distance.js";
import { both, ruleOptions, share, unit } from "../options.js";
import { defineRule } from "../rule.js";

export const similarityFilter = defineRule({
  name: "SimilarityFilter",
  origin: "OpusFilter",
  description: "1 − Levenshtein distance of the sides over the longer one's length; 1 if both are empty.",
  options: ruleOptions({
    threshold: share(0.9).describe("Smaller values are kept."),
    unit: unit("char").describe("What is inserted, left out and replaced."),
    lowercase: z.boolean().default(false).describe("Take capitals for small letters."),
  }),
  create: ({ threshold, unit, lowercase }) => {
    const parts = (text: string) => {
      const given = lowercase ? text.toLowerCase() : text;
      return unit === "word" ? given.split(/\s+/).filter((word) => word !== "") : [...given];
    };
    return {
      of: "pair",
      measure: ({ source, target }) => {
        const [a, b] = [parts(source.text), parts(target.text)];
        const longer = Math.max(a.length, b.length);
        return longer === 0 ? 1 : 1 - editDistance(a, b) / longer;
      },
      bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold) }],
    };
  },
});

import { z } from "zod";
import { InputError } from "../../errors.js";
import { readField } from "../../text/field.js";
import { ruleOptions } from "../options.js";
import { type Bound, defineRule } from "../rule.js";

export const scoreFilter = defineRule({
  name: "ScoreFilter",
  origin: "crisscross",
  description:
    "The score that a pair comes with: the cosine or margin of mine or score, or another's. An empty one is not kept.",
  options: ruleOptions({
    threshold: z.number().default(0).describe("The least that is kept."),
    max_threshold: z.number().optional().describe("The most that is kept; no limit if left out."),
  }),
  create: ({ threshold, max_threshold }, { input }) => {
    const bounds: Bound[] = [{ option: "threshold", keeps: "at least", limits: [threshold, threshold] }];
    if (max_threshold !== undefined)
      bounds.push({ option: "max_threshold", keeps: "at most", limits: [max_threshold, max_threshold] });
    return {
      of: "pair",
      measure: ({ pair: { score, line, row, record } }) => {
        if (score !== undefined) return score;
        // One that could not be scored has an empty one, and meets no bound.
        if (
          row?.columns.score !== undefined ||
          (record && readField(record.value, record.fields.score) === null)
        )
          return Number.NaN;
        throw new InputError(
          { path: input, line },
          "has no score, which ScoreFilter needs; name its column with --score-column, or add one with crisscross score",
        );
      },
      bounds,
    };
  },
});

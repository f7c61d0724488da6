import { z } from "zod";
import { InputError } from "../../errors.js";
import { readField } from "../../text/field.js";
import { option, say } from "../../wording.js";
import { type Bound, defineRule } from "../rule.js";
import { ruleOptions } from "../rule-options.js";

/** A row tells the score of its pair, but not what its sentences would score with others. */
const ELSEWHERE =
  "no threshold can be found here, since rows do not tell what wrong pairs would score; instead, run";

const autoHasNoPlace = ({ input }: { input?: unknown }) =>
  input === "auto"
    ? `${ELSEWHERE} crisscross score --threshold auto, which tells the threshold and leaves out what is below it`
    : undefined;

export const scoreFilter = defineRule({
  name: "ScoreFilter",
  origin: "crisscross",
  description:
    "The score in the pair's row, such as the cosine or margin that mine or score gave it. Pairs without a score are rejected.",
  options: ruleOptions({
    threshold: z
      .number({ error: autoHasNoPlace })
      .default(0)
      .describe("Keep at least this score. For one that is found without gold, run crisscross score."),
    max_threshold: z.number().optional().describe("Keep at most this score; by default no limit."),
    precision: z
      .null({
        error: `${ELSEWHERE} crisscross score --precision, which leaves out what is below its threshold`,
      })
      .optional()
      .describe("None: what wrong pairs would score is not in the rows; crisscross score takes a precision."),
  }),
  create: ({ threshold, max_threshold }, { input }) => {
    const bounds: Bound[] = [{ option: "threshold", keeps: "at least", limits: [threshold, threshold] }];
    if (max_threshold !== undefined)
      bounds.push({ option: "max_threshold", keeps: "at most", limits: [max_threshold, max_threshold] });
    return {
      of: "pair",
      measure: ({ pair: { score, line, row, record } }) => {
        if (score !== undefined) return score;
        // A pair that could not be scored has an empty score, which meets no bound.
        if (
          row?.columns.score !== undefined ||
          (record && readField(record.value, record.fields.score) === null)
        )
          return Number.NaN;
        throw new InputError({ path: input, line }, "has no score, which ScoreFilter needs.", {
          advice: say`Name its column with ${option("scoreColumn")}, or add one with crisscross score.`,
        });
      },
      bounds,
    };
  },
});

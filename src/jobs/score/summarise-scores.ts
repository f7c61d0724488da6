import { distributionOf } from "../../steps/pairs/distribution.js";
import { quantiles } from "../../steps/pairs/mine-summary.js";
import type { ScoreSummary } from "./options.js";
import type { Score } from "./pair-scorer.js";

/** Of all scores of a pair those that are asked for. */
export const pickScores = (found: Partial<Record<Score, number>>, names: readonly Score[]) =>
  Object.fromEntries(names.map((name) => [name, scoreOf(found, name)]));

/** One of them; NaN where a pair has none. */
export const scoreOf = (found: Partial<Record<Score, number>>, name: Score) => found[name] ?? Number.NaN;

/** Whether a pair with this score is kept; one without a score is, if all are. */
export const reaches = (score: number, threshold?: number) => threshold === undefined || score >= threshold;

/** What is told of the scores of a bitext. */
export type ToldScores = Pick<ScoreSummary, "unscored" | "belowThreshold" | "scores" | "distribution">;

/** What is told of all pairs' scores, of which NaN is none. */
export function summariseScores(scores: Float64Array, threshold?: number): ToldScores {
  const known = scores
    .filter((value) => !Number.isNaN(value))
    .sort()
    .reverse();
  const kept = known.filter((value) => reaches(value, threshold));
  return {
    unscored: scores.length - known.length,
    belowThreshold: threshold === undefined ? undefined : known.length - kept.length,
    scores: quantiles(kept),
    distribution: distributionOf(known),
  };
}

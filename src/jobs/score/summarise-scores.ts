import { distributionOf } from "../../steps/pairs/distribution.js";
import { quantiles } from "../../steps/pairs/mine-summary.js";
import type { ScoreSummary } from "./options.js";
import type { Score } from "./pair-scorer.js";

/** Of all scores of a pair those that are asked for. */
export const pickScores = (found: Partial<Record<Score, number>>, names: readonly Score[]) =>
  Object.fromEntries(names.map((name) => [name, scoreOf(found, name)]));

/** One of them; NaN where a pair has none. */
export const scoreOf = (found: Partial<Record<Score, number>>, name: Score) => found[name] ?? Number.NaN;

/** What is told of all pairs' scores, of which NaN is none. */
export function summariseScores(
  scores: Float64Array,
): Pick<ScoreSummary, "unscored" | "scores" | "distribution"> {
  const known = scores
    .filter((value) => !Number.isNaN(value))
    .sort()
    .reverse();
  return {
    unscored: scores.length - known.length,
    scores: quantiles(known),
    distribution: distributionOf(known),
  };
}

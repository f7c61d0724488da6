import { estimatePrecision } from "../../estimate/estimate-precision.js";
import {
  askedFor,
  chooseThreshold,
  numberOf,
  type ThresholdOptions,
} from "../../steps/pairs/estimate-threshold.js";
import type { EstimatedPoint } from "../../types/estimate.js";
import type { BitextSides } from "./bitext-stage.js";
import { ESTIMATED } from "./check-estimated.js";
import { withGivenDecoys } from "./given-decoys.js";
import type { Score } from "./pair-scorer.js";
import type { ScoredSides } from "./score-sides.js";
import { scoreOf } from "./summarise-scores.js";

/** Below which score pairs are left out: as it is given, or estimated without gold; nothing if all are kept. */
export function findThreshold(
  { numbers }: Pick<BitextSides, "numbers">,
  { scorer, decoys }: ScoredSides,
  options: ThresholdOptions & { score: Score },
): { threshold?: number; estimate?: EstimatedPoint } {
  const { score } = options;
  if (askedFor(options) === undefined) return { threshold: numberOf(options.threshold) };
  const scores = Float64Array.from({ length: scorer.pairs }, (_, pair) => scoreOf(scorer.score(pair), score));
  const ordered = Uint32Array.from(scores.keys())
    .filter((pair) => !Number.isNaN(scores[pair]))
    .sort((a, b) => scores[b] - scores[a] || a - b);
  const estimate = chooseThreshold(
    decoys
      ? estimatePrecision(
          withGivenDecoys({ numbers, scores, ordered, margin: ESTIMATED[score]!, ...decoys }),
          Float64Array.from(ordered, (pair) => scores[pair]),
        )
      : { unknown: "no pair has a text on both sides" },
    options,
  );
  return { threshold: estimate.threshold, estimate };
}

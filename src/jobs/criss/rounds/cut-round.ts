import { choosePoint } from "../../../estimate/choose-point.js";
import { estimatePrecision } from "../../../estimate/estimate-precision.js";
import type { SampledPairs } from "../../../estimate/sampled-pairs.js";
import { aimOf, askedFor, numberOf } from "../../../steps/pairs/estimate-threshold.js";
import type { TrainingChoice } from "./training-choice.js";

/** From which margins on the pairs of a round are taken; all where nothing is said. */
export interface RoundCut {
  /** What is written. */
  written?: number;
  /** What the next encoder is trained on. */
  trained?: number;
  /** Why no margin was found though one was asked for. */
  unknown?: string;
}

/**
 * The margins that are given, or estimated without gold anew in each round.
 *
 * @param scores of all pairs that chose each other, the highest first
 */
export function cutRound(
  sample: SampledPairs,
  scores: Float64Array,
  { threshold, precision }: TrainingChoice,
): RoundCut {
  const given = numberOf(threshold);
  if (askedFor({ threshold, precision }) === undefined) return { written: given, trained: given };
  const found = choosePoint(estimatePrecision(sample, scores), aimOf({ precision }));
  if ("unknown" in found) return found;
  const trained = found.point.threshold;
  return { trained, written: precision === undefined ? trained : undefined };
}

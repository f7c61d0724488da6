import { choosePoint } from "../../../estimate/choose-point.js";
import type { ChosenCandidates } from "../../../steps/pairs/decoys.js";
import { aimOf, askedFor, estimateOf, numberOf } from "../../../steps/pairs/estimate-threshold.js";
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

/** The margins that are given, or estimated without gold anew in each round. */
export function cutRound(chosen: ChosenCandidates, { threshold, precision }: TrainingChoice): RoundCut {
  const given = numberOf(threshold);
  if (askedFor({ threshold, precision }) === undefined) return { written: given, trained: given };
  const found = choosePoint(estimateOf(chosen), aimOf({ precision }));
  if ("unknown" in found) return found;
  const trained = found.point.threshold;
  return { trained, written: precision === undefined ? trained : undefined };
}

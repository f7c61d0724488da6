import { createHash } from "node:crypto";
import { OptionError } from "../../errors.js";
import { scoreMargin } from "../../score/margin.js";
import { bestBackward, bestForward, NO_CHOICE } from "../../select/best.js";
import { selectPairs } from "../../select/select.js";
import type { Candidates } from "../../types.js";
import type { Found } from "../candidates-stage.js";

/** Which of a round's pairs the next encoder is trained on; one of the three. */
export interface TrainingChoice {
  /** Pairs of at least this margin; others are not written, either. */
  threshold?: number;
  /** The share of pairs, from the lowest margin, that is left out in each round; the last serves all further rounds. @default [0.5, 0.4, 0.3] */
  quantile?: readonly number[];
  /** So many of each pair of languages, from the highest margin. */
  pairsPerLanguage?: number;
}

/** @throws OptionError if there are two, or one is none */
export function checkTrainingChoice(choice: TrainingChoice): void {
  const { threshold = 0, quantile = QUANTILES, pairsPerLanguage = 2 } = choice;
  const given = (["threshold", "quantile", "pairsPerLanguage"] as const).filter(
    (name) => choice[name] !== undefined,
  );
  if (given.length > 1)
    throw new OptionError(`${given.join(" and ")}: each says which pairs to train on; give one.`);
  if (Number.isNaN(threshold)) throw new OptionError("The threshold is not a number.");
  const strange = quantile.find((share) => !(share >= 0 && share < 1));
  if (strange !== undefined || quantile.length === 0)
    throw new OptionError(
      `quantile is ${strange ?? "empty"}; expected shares from 0 to below 1, one a round.`,
    );
  if (!(Number.isInteger(pairsPerLanguage) && pairsPerLanguage >= 2))
    throw new OptionError(`pairsPerLanguage is ${pairsPerLanguage}; expected a whole number from 2.`);
}

/** What is made of a pair of languages in one round. */
export interface ChosenPairs {
  candidates: Candidates;
  scores: Float64Array;
  /** Numbers of the candidates whose two sentences chose each other, the highest margin first. */
  mutual: Uint32Array;
  /** The best of them, which the next encoder is trained on. */
  training: Uint32Array;
  /** Sources that chose a target at all, and those of them that it chose, too, whatever the threshold. */
  choosing: number;
  chosenMutually: number;
  /** By sentence the candidate that it chose. */
  forward: Int32Array;
  backward: Int32Array;
  /** SHA-256 of all pairs and scores. */
  hash: string;
}

const QUANTILES = [0.5, 0.4, 0.3];

/**
 * Chooses a round's pairs: those that chose each other by their ratio margin, each sentence in one pair at most, so that
 * no hub is in many. Tran et al. 2020 take a threshold of their encoder's (1.04 to 1.07); a share of the pairs suits any.
 */
export function chooseRound({ candidates }: Found, round: number, choice: TrainingChoice): ChosenPairs {
  const { values: scores } = scoreMargin(candidates, "ratio");
  const { threshold } = choice;
  const selection = selectPairs(candidates, scores, { retrieval: "intersection", threshold });
  const mutual = selection.pairs;
  const forward = bestForward(candidates, scores);
  return {
    candidates,
    scores,
    mutual,
    training: mutual.subarray(0, countTraining(mutual.length, round, choice)),
    choosing: forward.reduce((sum, candidate) => sum + (candidate === NO_CHOICE ? 0 : 1), 0),
    chosenMutually: mutual.length + selection.belowThreshold,
    forward,
    backward: bestBackward(candidates, scores),
    hash: hashPairs(candidates, scores, mutual),
  };
}

function countTraining(
  pairs: number,
  round: number,
  { threshold, quantile = QUANTILES, pairsPerLanguage }: TrainingChoice,
) {
  if (threshold !== undefined) return pairs;
  if (pairsPerLanguage !== undefined) return Math.min(pairs, pairsPerLanguage);
  return Math.ceil(pairs * (1 - (quantile[round] ?? quantile.at(-1)!)));
}

function hashPairs({ source, target }: Candidates, scores: Float64Array, pairs: Uint32Array): string {
  const columns = new Float64Array(3 * pairs.length);
  for (const [i, candidate] of pairs.entries())
    columns.set([source[candidate], target[candidate], scores[candidate]], 3 * i);
  return createHash("sha256").update(columns).digest("hex");
}

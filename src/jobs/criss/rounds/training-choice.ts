import { checkWhole } from "../../../check-values.js";
import { OptionError } from "../../../errors.js";
import { option, optionList, say } from "../../../wording.js";

/** Which of a round's pairs the next encoder is trained on; one of the first four. */
export interface TrainingChoice {
  /** Pairs of at least this margin; others are not written, either. */
  threshold?: number;
  /**
   * The share of pairs, from the lowest margin, that is left out in each round; the last serves all further rounds.
   * @default from 0.8 in the first evenly down to 0.3, which it reaches when four fifths of the rounds are done
   */
  quantile?: readonly number[];
  /** The number of pairs in each pair of languages, from the highest margin. */
  pairsPerLanguage?: number;
  /**
   * Shares to leave out, all tried in each round: an encoder is trained with each, and the one that finds most held-out
   * pairs is kept. Each costs a training.
   */
  tune?: readonly number[];
  /**
   * Sentences among the k nearest of more sentences than this are hubs and teach nothing.
   * @default 5 · k
   */
  hubLimit?: number;
}

/**
 * A poor start is sure of few pairs, and what they teach makes it sure of more: each round takes a few more than the one
 * before.
 */
const [FIRST_LEFT_OUT, LAST_LEFT_OUT] = [0.8, 0.3];
const GROWING_SHARE = 0.8;

/** @throws OptionError if two are given, or one cannot be */
export function checkTrainingChoice(choice: TrainingChoice): void {
  const { threshold = 0, quantile = [LAST_LEFT_OUT], pairsPerLanguage, tune = [0.4, 0.2], hubLimit } = choice;
  const given = (["threshold", "quantile", "pairsPerLanguage", "tune"] as const).filter(
    (name) => choice[name] !== undefined,
  );
  if (given.length > 1)
    throw new OptionError(say`${optionList(given, " and ")} each say which pairs to train on.`, {
      advice: "Give one of them.",
    });
  if (Number.isNaN(threshold)) throw new OptionError(say`${option("threshold")} is not a number.`);
  checkShares("quantile", quantile, 1);
  checkShares("tune", tune, 2);
  checkWhole({ pairsPerLanguage }, { least: 2 });
  checkWhole({ hubLimit });
}

function checkShares(name: string, shares: readonly number[], least: number): void {
  const strange = shares.find((share) => !(share >= 0 && share < 1));
  if (strange !== undefined || shares.length < least)
    throw new OptionError(
      say`${option(name)} is ${strange ?? (shares.join(", ") || "empty")}; expected ${least} or more shares from 0 to below 1.`,
    );
}

/** Which pairs of a round are trained on, and how many rounds there may be. */
export interface RoundChoice extends TrainingChoice {
  round: number;
  rounds: number;
}

/** How many of a round's pairs are trained on, from the highest margin. */
export function countTraining(
  pairs: number,
  { round, rounds, threshold, quantile, pairsPerLanguage, tune }: RoundChoice,
): number {
  if (threshold !== undefined || tune) return pairs;
  if (pairsPerLanguage !== undefined) return Math.min(pairs, pairsPerLanguage);
  return countBest(pairs, quantile ? (quantile[round] ?? quantile.at(-1)!) : leftOutBy(round, rounds));
}

/** @param round from 0; a loop that is continued is past its first rounds */
function leftOutBy(round: number, rounds: number): number {
  const done = Math.min(1, round / Math.max(1, GROWING_SHARE * (rounds - 1)));
  return FIRST_LEFT_OUT + done * (LAST_LEFT_OUT - FIRST_LEFT_OUT);
}

/** How many pairs remain without a share of them. */
export function countBest(pairs: number, leftOut: number): number {
  return Math.ceil(pairs * (1 - leftOut));
}

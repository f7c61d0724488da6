import { checkNumber, checkShare, checkWhole } from "../../../check-values.js";
import { OptionError } from "../../../errors.js";
import { numberOf } from "../../../steps/pairs/estimate-threshold.js";
import { option, optionList, say } from "../../../wording.js";

/** Which of a round's pairs the next encoder is trained on; one of the first five. */
export interface TrainingChoice {
  /**
   * Pairs of at least this margin; others are not written, either. `"auto"`: in each round and pair of languages that of the
   * best F1, as it is estimated without gold. Where it cannot be, as without it, and a warning.
   */
  threshold?: number | "auto";
  /**
   * In each round and pair of languages as many pairs as there are while this share of them is estimated to be right, from 0
   * to 1. Where that cannot be estimated, as without it, and a warning.
   */
  precision?: number;
  /**
   * The share of pairs, from the lowest margin, that is left out in each round; the last serves all further rounds.
   * @default 0.8 in the first, and 0.05 less in each that follows, down to 0.3
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
 * A poor start is sure of few pairs, and what they teach makes it sure of more: each round leaves out a little less than
 * the one before.
 */
const GROWING = { first: 0.8, step: 0.05, last: 0.3 };

/** @throws OptionError if two are given, or one cannot be */
export function checkTrainingChoice(choice: TrainingChoice): void {
  const { threshold, precision, quantile = [GROWING.last], pairsPerLanguage, tune = [0.4, 0.2] } = choice;
  const { hubLimit } = choice;
  const given = (["threshold", "precision", "quantile", "pairsPerLanguage", "tune"] as const).filter(
    (name) => choice[name] !== undefined,
  );
  if (given.length > 1)
    throw new OptionError(say`${optionList(given, " and ")} each say which pairs to train on.`, {
      advice: "Give one of them.",
    });
  checkNumber({ threshold: numberOf(threshold) });
  checkShare({ precision });
  checkShares("quantile", quantile, 1);
  checkShares("tune", tune, 2);
  checkWhole({ pairsPerLanguage }, { least: 2 });
  checkWhole({ hubLimit });
}

function checkShares(name: string, shares: readonly number[], least: number): void {
  const strange = shares.find((share) => !(typeof share === "number" && share >= 0 && share < 1));
  if (strange !== undefined || shares.length < least)
    throw new OptionError(
      say`${option(name)} is ${strange ?? (shares.join(", ") || "empty")}; expected ${least} or more shares from 0 to below 1.`,
    );
}

/** How many of a round's pairs are trained on, from the highest margin, if no margin says so. */
export function countTraining(pairs: number, choice: TrainingChoice & { round: number }): number {
  const { round, pairsPerLanguage, tune } = choice;
  if (tune) return pairs;
  if (pairsPerLanguage !== undefined) return Math.min(pairs, pairsPerLanguage);
  return countBest(pairs, leftOutIn(round, choice));
}

/** Whether a round chooses its pairs as the one before did, so that both differ by what was mined alone. */
export function isSettled(round: number, choice: TrainingChoice): boolean {
  const { threshold, precision, pairsPerLanguage, tune } = choice;
  if ((threshold ?? precision ?? pairsPerLanguage ?? tune) !== undefined) return true;
  return leftOutIn(round, choice) === leftOutIn(round - 1, choice);
}

/** The share of pairs that a round leaves out. */
function leftOutIn(round: number, { quantile }: TrainingChoice): number {
  if (quantile) return quantile[round] ?? quantile.at(-1)!;
  return Math.max(GROWING.last, GROWING.first - GROWING.step * round);
}

/** How many pairs remain without a share of them. */
export function countBest(pairs: number, leftOut: number): number {
  return Math.ceil(pairs * (1 - leftOut));
}

import type { SideName } from "../../types/texts.js";
import type { Quantiles } from "../pairs/mine-summary.js";

/** Figures of one round; of every pair of languages, and their mean. */
export interface RoundSummary {
  /** From 0: what the start finds. */
  round: number;
  /** The encoder that mined it, if that is the first round's own (`firstRoundEncoder`). */
  minedBy?: string;
  /** What a program tells of the encoder that it trained and that mined this round, such as its BLEU. */
  told?: Readonly<Record<string, number | string>>;
  /** By pair of languages, such as `de-en`. */
  pairs: Record<string, PairFigures>;
  /** The means over all pairs of languages. */
  mean: RoundFigures;
}

/** Shares are between 0 and 1. */
export interface RoundFigures {
  /** Of the sources with a choice: the share that their choice chose, too. */
  mutual: number;
  /** Of this round's pairs: the share that the round before had, too. */
  agreement?: number;
  /**
   * The validation of the encoder that mined this round, by the pairs held out of its training. Of a trained table: what
   * the start knows of them hidden, the share that it finds by cosine among at most 2,048 pairs more. Of others: the
   * share that it finds among all sentences. The mean of both directions. Absent for the start.
   */
  validation?: number;
  /** Of a trained table: the share of the same whose translation is nearer than it was to the start. */
  nearer?: number;
  /** Of the pairs to train on: the share that is right as far as that can be told without gold. */
  estimated?: number;
  /** Of the pairs to train on: the share that is in gold. */
  precision?: number;
  /** Of gold's sources: the share whose choice by margin is gold. */
  precisionAt1?: number;
  /** The best F1 of this round's pairs, at its threshold. */
  bestF1?: number;
  /** Closed-set accuracy to English on the Tatoeba test set, of the pair's languages, by cosine. */
  tatoeba?: number;
}

export interface PairFigures extends RoundFigures {
  /** Distinct sentences. */
  sentences: Record<SideName, number>;
  /** Pairs that chose each other, above the threshold. */
  found: number;
  /** Those of them to train on, with those that are held out of it, and their lowest margin. */
  training: number;
  /** How many were held out of the training of the encoder that mined this round. */
  heldOut?: number;
  /** The lowest margin of a pair that counts as found. */
  threshold?: number;
  /** Of all pairs found. */
  margins?: Quantiles;
}

/** How a loop ended. */
export interface CrissSummary {
  /** All of its rounds, from 0 or where it was continued. */
  rounds: RoundSummary[];
  /** The round whose pairs and whose encoder the run gives. */
  best: number;
  /** Whether the loop ended early, as no round got better any more. */
  stopped: boolean;
  /** Pairs that the run gives. */
  pairs: number;
}

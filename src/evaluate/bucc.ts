import { decimalBetween } from "../statistics/decimal-between.js";

/** Precision, recall and F1 of predicted pairs against gold pairs, as sets. */
export interface BuccScore {
  precision: number;
  recall: number;
  f1: number;
  /** Pairs of at least this score count as predicted; none where pairs have no score. */
  threshold?: number;
}

/** One predicted pair of identifiers: its score, and whether it is gold. */
export interface Prediction {
  /** NaN where no pair has one. */
  score: number;
  correct: boolean;
}

/** How many pairs were predicted, were predicted and are gold, and are gold. */
export interface BuccCounts {
  predicted: number;
  correct: number;
  gold: number;
}

/** @param threshold what the predicted pairs reach */
export function scoreBucc({ predicted, correct, gold }: BuccCounts, threshold?: number): BuccScore {
  return {
    precision: predicted === 0 ? 0 : correct / predicted,
    recall: gold === 0 ? 0 : correct / gold,
    f1: predicted + gold === 0 ? 0 : (2 * correct) / (predicted + gold),
    threshold,
  };
}

/** The scores at a given threshold: pairs at least as high are predicted. */
export function buccAt(predictions: readonly Prediction[], gold: number, threshold: number): BuccScore {
  const kept = predictions.filter(({ score }) => score >= threshold);
  return scoreBucc({ predicted: kept.length, correct: countCorrect(kept), gold }, threshold);
}

/**
 * The scores at the threshold with the highest F1, found by sweeping the sorted scores (the BUCC shared task's own
 * measure: Zweigenbaum, Sharoff & Rapp 2017), as a short decimal that predicts the same pairs. Pairs with equal scores are predicted together or not at all.
 */
export function bestBucc(predictions: readonly Prediction[], gold: number): BuccScore {
  const ordered = [...predictions].sort((a, b) => b.score - a.score);
  let best = scoreBucc({ predicted: 0, correct: 0, gold });
  let correct = 0;
  for (const [index, { score, correct: isCorrect }] of ordered.entries()) {
    if (isCorrect) correct++;
    const next = ordered[index + 1]?.score ?? Number.NEGATIVE_INFINITY;
    if (next === score) continue;
    const here = scoreBucc({ predicted: index + 1, correct, gold });
    if (here.f1 > best.f1) best = { ...here, threshold: decimalBetween(next, score) };
  }
  return best;
}

export function countCorrect(predictions: readonly Prediction[]): number {
  return predictions.filter(({ correct }) => correct).length;
}

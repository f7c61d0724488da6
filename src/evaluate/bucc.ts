/** Counts and rates of predicted pairs against gold pairs. */
export interface BuccScore {
  precision: number;
  recall: number;
  f1: number;
  /** The threshold that the pairs were cut at: pairs of at least this score count as predicted. */
  threshold: number;
}

/**
 * Finds the threshold with the highest F1 (the BUCC shared task's own measure: Zweigenbaum, Sharoff & Rapp 2017).
 *
 * @param predictions distinct pairs, each with its score and whether it is gold
 * @param gold how many pairs there are to find
 */
export function bestF1(predictions: readonly { score: number; correct: boolean }[], gold: number): BuccScore {
  const ordered = [...predictions].sort((a, b) => b.score - a.score);
  let best: BuccScore = { precision: 0, recall: 0, f1: 0, threshold: Number.POSITIVE_INFINITY };
  let correct = 0;
  for (const [index, prediction] of ordered.entries()) {
    if (prediction.correct) correct++;
    const tied = ordered[index + 1]?.score === prediction.score;
    const f1 = (2 * correct) / (index + 1 + gold);
    if (tied || f1 <= best.f1) continue;
    best = { precision: correct / (index + 1), recall: correct / gold, f1, threshold: prediction.score };
  }
  return best;
}

import type { Unit } from "./bootstrap.js";
import { type BuccCounts, type BuccScore, bestBucc, type Prediction } from "./bucc.js";

/** One predicted pair of identifiers. */
export interface IdPrediction extends Prediction {
  source: string;
}

/** By source identifier, which is what is sampled. */
export type CountsBySource = ReadonlyMap<string, BuccCounts>;

/** How many pairs of each source identifier are predicted at a threshold, predicted and gold, and gold. */
export function countsAt(
  predictions: readonly IdPrediction[],
  gold: ReadonlySet<string>,
  threshold = Number.POSITIVE_INFINITY,
): CountsBySource {
  const counts = new Map<string, BuccCounts>();
  const countsOf = (source: string) => {
    const own = counts.get(source) ?? { predicted: 0, correct: 0, gold: 0 };
    counts.set(source, own);
    return own;
  };
  for (const pair of gold) countsOf(pair.split("\t")[0]).gold++;
  for (const { source, score, correct } of predictions) {
    const own = countsOf(source);
    // Pairs of a bitext without scores are all predicted.
    if (score < threshold) continue;
    own.predicted++;
    if (correct) own.correct++;
  }
  return counts;
}

/** What a source adds to each measure. */
export const UNIT_OF = {
  f1: ({ correct, predicted, gold }: BuccCounts): Unit => ({
    numerator: 2 * correct,
    denominator: predicted + gold,
  }),
  precision: ({ correct, predicted }: BuccCounts): Unit => ({ numerator: correct, denominator: predicted }),
  recall: ({ correct, gold }: BuccCounts): Unit => ({ numerator: correct, denominator: gold }),
} as const;

const NO_COUNTS: BuccCounts = { predicted: 0, correct: 0, gold: 0 };

/**
 * Two systems' units of F1, source by source, so that both can be sampled together; a source that one system lacks adds
 * nothing.
 */
export function alignUnits(ours: CountsBySource, theirs: CountsBySource): { ours: Unit[]; theirs: Unit[] } {
  const sources = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const of = (counts: CountsBySource) => sources.map((id) => UNIT_OF.f1(counts.get(id) ?? NO_COUNTS));
  return { ours: of(ours), theirs: of(theirs) };
}

/** Best F1 and the counts at its threshold. */
export function bestCounts(
  predictions: readonly IdPrediction[],
  gold: ReadonlySet<string>,
): { best: BuccScore; counts: CountsBySource } {
  const best = bestBucc(predictions, gold.size);
  return { best, counts: countsAt(predictions, gold, best.threshold) };
}

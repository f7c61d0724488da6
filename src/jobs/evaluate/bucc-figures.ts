import { type BuccScore, buccAt } from "../../evaluate/bucc.js";
import {
  alignUnits,
  bestCounts,
  type CountsBySource,
  countsAt,
  type IdPrediction,
  UNIT_OF,
} from "../../evaluate/id-predictions.js";
import type { GoldPairs } from "./gold.js";
import { type Measured, measure, measureGain, measureless } from "./rate.js";

/** What a task's figures are of. */
export interface Predicted {
  predictions: IdPrediction[];
  gold: GoldPairs;
  /** Whether intervals are wanted. */
  confidence?: boolean;
}

/** F1, precision and recall at the threshold where F1 is best. */
export function figuresAtBest({ predictions, gold, confidence }: Predicted): Record<string, Measured> {
  const { best, counts } = bestCounts(predictions, gold);
  const { f1, precision, recall } = measureScore(best, counts, confidence);
  return {
    "best F1": f1,
    precision,
    recall,
    ...(best.threshold !== undefined && { threshold: measureless(best.threshold) }),
  };
}

/** The same at a threshold that was chosen otherwise; `which` says how. */
export function figuresAt(
  { predictions, gold, confidence }: Predicted,
  threshold: number,
  which: string,
): Record<string, Measured> {
  const at = buccAt(predictions, gold.size, threshold);
  const { f1, precision, recall } = measureScore(at, countsAt(predictions, gold, threshold), confidence);
  return {
    [`F1 at ${which}`]: f1,
    [`precision at ${which}`]: precision,
    [`recall at ${which}`]: recall,
    [`${which} threshold`]: measureless(threshold),
  };
}

/** F1, precision and recall with their intervals, if asked for, over samples of the sources. */
export function measureScore(
  score: BuccScore,
  counts: CountsBySource,
  confidence: boolean | undefined,
): Record<keyof typeof UNIT_OF, Measured> {
  const of = (name: keyof typeof UNIT_OF): Measured => {
    const measured = measure([...counts.values()].map(UNIT_OF[name]), confidence);
    return { ...measured, figure: { ...measured.figure, value: score[name] } };
  };
  return { f1: of("f1"), precision: of("precision"), recall: of("recall") };
}

/** How much higher our best F1 is, each side at its own best threshold, with a paired interval. */
export function gain({ predictions: ours, gold, confidence }: Predicted, theirs: IdPrediction[]): Measured {
  const [a, b] = [bestCounts(ours, gold), bestCounts(theirs, gold)];
  const units = alignUnits(a.counts, b.counts);
  const measured = measureGain(units.ours, units.theirs, confidence);
  return { ...measured, figure: { ...measured.figure, value: a.best.f1 - b.best.f1 } };
}

import type { Unit } from "./bootstrap.js";
import { type BuccScore, bestBucc, type Prediction } from "./bucc.js";

/** One predicted pair of identifiers. */
export interface IdPrediction extends Prediction {
  source: string;
}

/** What each source identifier adds to F1 at a threshold: 2 · correct of predicted + gold. */
export function unitsAt(
  predictions: readonly IdPrediction[],
  gold: ReadonlySet<string>,
  threshold: number,
): Unit[] {
  const units = new Map<string, Unit>();
  const unitOf = (source: string) => {
    const unit = units.get(source) ?? { numerator: 0, denominator: 0 };
    units.set(source, unit);
    return unit;
  };
  for (const pair of gold) unitOf(pair.split("\t")[0]).denominator++;
  for (const { source, score, correct } of predictions) {
    const unit = unitOf(source);
    if (score < threshold) continue;
    unit.denominator++;
    if (correct) unit.numerator += 2;
  }
  // In one order, so that two systems' units can be drawn together.
  return [...units.keys()].sort().map((source) => units.get(source)!);
}

/** Best F1 and the units at its threshold. */
export function bestUnits(
  predictions: readonly IdPrediction[],
  gold: ReadonlySet<string>,
): { best: BuccScore; units: Unit[] } {
  const best = bestBucc(predictions, gold.size);
  return { best, units: unitsAt(predictions, gold, best.threshold!) };
}

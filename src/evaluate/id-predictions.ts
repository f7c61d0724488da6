import type { Unit } from "./bootstrap.js";
import { type BuccScore, bestBucc, type Prediction } from "./bucc.js";

/** One predicted pair of identifiers. */
export interface IdPrediction extends Prediction {
  source: string;
}

/** Units by source identifier. */
export type UnitsBySource = ReadonlyMap<string, Unit>;

/** What each source identifier adds to F1 at a threshold: 2 · correct of predicted + gold. */
function unitsAt(
  predictions: readonly IdPrediction[],
  gold: ReadonlySet<string>,
  threshold: number,
): UnitsBySource {
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
  return units;
}

/**
 * Two systems' units, source by source, so that both can be sampled together; a source that one system lacks adds
 * nothing.
 */
export function alignUnits(ours: UnitsBySource, theirs: UnitsBySource): { ours: Unit[]; theirs: Unit[] } {
  const sources = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const of = (units: UnitsBySource) => sources.map((id) => units.get(id) ?? { numerator: 0, denominator: 0 });
  return { ours: of(ours), theirs: of(theirs) };
}

/** Best F1 and the units at its threshold. */
export function bestUnits(
  predictions: readonly IdPrediction[],
  gold: ReadonlySet<string>,
): { best: BuccScore; units: UnitsBySource } {
  const best = bestBucc(predictions, gold.size);
  return { best, units: unitsAt(predictions, gold, best.threshold ?? Number.POSITIVE_INFINITY) };
}

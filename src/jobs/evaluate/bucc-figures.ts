import { pairedBootstrap } from "../../evaluate/bootstrap.js";
import { buccAt } from "../../evaluate/bucc.js";
import { alignUnits, bestUnits, type IdPrediction } from "../../evaluate/id-predictions.js";
import type { GoldPairs } from "./gold.js";
import { figureOf } from "./rate.js";
import type { Figure } from "./report.js";

/** F1, precision and recall at the threshold where F1 is best. */
export function figuresAtBest(
  predictions: IdPrediction[],
  gold: GoldPairs,
  confidence?: boolean,
): Record<string, Figure> {
  const { best, units } = bestUnits(predictions, gold);
  return {
    "best F1": { ...figureOf([...units.values()], confidence), value: best.f1 },
    precision: { value: best.precision },
    recall: { value: best.recall },
    ...(best.threshold !== undefined && { threshold: { value: best.threshold } }),
  };
}

/** The same at a threshold that was chosen otherwise; `which` says how. */
export function figuresAt(
  predictions: IdPrediction[],
  gold: GoldPairs,
  threshold: number,
  which: string,
): Record<string, Figure> {
  const { f1, precision, recall } = buccAt(predictions, gold.size, threshold);
  return {
    [`F1 at ${which}`]: { value: f1 },
    [`precision at ${which}`]: { value: precision },
    [`recall at ${which}`]: { value: recall },
    [`${which} threshold`]: { value: threshold },
  };
}

/** How much higher our best F1 is, each side at its own best threshold, with a paired interval. */
export function gain(ours: IdPrediction[], theirs: IdPrediction[], gold: GoldPairs): Figure {
  const [a, b] = [bestUnits(ours, gold), bestUnits(theirs, gold)];
  const units = alignUnits(a.units, b.units);
  return { value: a.best.f1 - b.best.f1, interval: pairedBootstrap(units.ours, units.theirs) };
}

import { bootstrap, rateOf, type Unit } from "../../evaluate/bootstrap.js";
import type { Figure } from "./report.js";

/** The rate of some units, with its interval if asked for. */
export function figureOf(units: readonly Unit[], confidence: boolean | undefined): Figure {
  return { value: rateOf(units), ...(confidence && { interval: bootstrap(units) }) };
}

/** Hits and misses as the units of a rate. */
export function unitsOf(hits: readonly boolean[]): Unit[] {
  return hits.map((hit) => ({ numerator: hit ? 1 : 0, denominator: 1 }));
}

/** The mean of several figures, without an interval: they are of different sentences. */
export function meanFigure(figures: readonly Figure[]): Figure {
  return { value: figures.reduce((sum, { value }) => sum + value, 0) / figures.length };
}

import {
  bootstrap,
  pairedBootstrap,
  rateOf,
  sampledDifferences,
  sampledRates,
  type Unit,
} from "../../evaluate/bootstrap.js";
import { percentiles } from "../../statistics/percentiles.js";
import type { Figure } from "./report.js";

/** A figure that means can be taken of: what it is in each sample of its sentences, drawn anew for each seed. */
export interface Measured {
  figure: Figure;
  /** Absent where no interval was asked for, or there is none. */
  sample?: (seed: number) => number[];
}

/** The rate of some units, with its interval if asked for. */
export function figureOf(units: readonly Unit[], confidence: boolean | undefined): Figure {
  return { value: rateOf(units), ...(confidence && { interval: bootstrap(units) }) };
}

/** The same, of which a mean can have an interval, too. */
export function measure(units: readonly Unit[], confidence: boolean | undefined): Measured {
  return {
    figure: figureOf(units, confidence),
    ...(confidence && { sample: (seed) => sampledRates(units, seed) }),
  };
}

/** How much higher our rate is, always with the interval of a paired bootstrap. */
export function measureGain(
  ours: readonly Unit[],
  theirs: readonly Unit[],
  confidence: boolean | undefined,
): Measured {
  const interval = pairedBootstrap(ours, theirs);
  return {
    figure: { value: rateOf(ours) - rateOf(theirs), interval },
    ...(confidence && { sample: (seed) => sampledDifferences(ours, theirs, seed) }),
  };
}

/** A figure without an interval, such as a threshold. */
export const measureless = (value: number): Measured => ({ figure: { value } });

/** Hits and misses as the units of a rate. */
export function unitsOf(hits: readonly boolean[]): Unit[] {
  return hits.map((hit) => ({ numerator: hit ? 1 : 0, denominator: 1 }));
}

/**
 * The mean of several figures. Its interval is that of the means over samples of all their sentences.
 *
 * @param seeds one a figure: the same where they are of the same sentences, which are then drawn for all at once; else
 *   each its own
 */
export function meanFigure(measured: readonly Measured[], seeds: readonly number[]): Figure {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const value = mean(measured.map(({ figure }) => figure.value));
  const samples = measured.flatMap(({ sample }, i) => (sample ? [sample(seeds[i])] : []));
  if (samples.length < measured.length) return { value };
  return { value, interval: percentiles(samples[0].map((_, n) => mean(samples.map((one) => one[n])))) };
}

/** The figures of a row. */
export function figuresOf(row: Readonly<Record<string, Measured>>): Record<string, Figure> {
  return Object.fromEntries(Object.entries(row).map(([column, { figure }]) => [column, figure]));
}

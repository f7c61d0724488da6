import { type Interval, percentiles } from "../statistics/percentiles.js";
import { randomNumbers } from "../statistics/random-numbers.js";

/** What one sentence adds to the two sums of a rate: 1 of 1 to an accuracy, 2 · correct of predicted + gold to an F1. */
export interface Unit {
  numerator: number;
  denominator: number;
}

const RESAMPLES = 1000;

/** Rate of sums over all units. */
export function rateOf(units: readonly Unit[]): number {
  const total = units.reduce((sum, unit) => sum + unit.denominator, 0);
  return total === 0 ? 0 : units.reduce((sum, unit) => sum + unit.numerator, 0) / total;
}

/** A 95 % percentile interval of a rate over 1,000 samples of the units with replacement (Efron 1979). */
export function bootstrap(units: readonly Unit[], seed = 0): Interval {
  return percentiles(sampledRates(units, seed));
}

/** A rate in each of those samples. */
export function sampledRates(units: readonly Unit[], seed = 0): number[] {
  return resample(units.length, seed, (sample) => rateOf(sample.map((i) => units[i])));
}

/**
 * The same of any value of a sample of the items 0 to size − 1; samples that have none (NaN) are left out.
 *
 * @param value the value of a sample, given as item numbers
 */
export function bootstrapValue(size: number, value: (sample: number[]) => number, seed = 0): Interval {
  return percentiles(resample(size, seed, value).filter((found) => !Number.isNaN(found)));
}

/** The same of the difference of two systems' rates, each sample drawn for both at once (Koehn 2004). */
export function pairedBootstrap(ours: readonly Unit[], theirs: readonly Unit[], seed = 0): Interval {
  return percentiles(sampledDifferences(ours, theirs, seed));
}

/** That difference in each of those samples. */
export function sampledDifferences(ours: readonly Unit[], theirs: readonly Unit[], seed = 0): number[] {
  return resample(
    ours.length,
    seed,
    (sample) => rateOf(sample.map((i) => ours[i])) - rateOf(sample.map((i) => theirs[i])),
  );
}

function resample(size: number, seed: number, value: (sample: number[]) => number): number[] {
  const next = randomNumbers(seed);
  return Array.from({ length: RESAMPLES }, () =>
    value(Array.from({ length: size }, () => Math.floor(next() * size))),
  );
}

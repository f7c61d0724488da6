import { countCodes } from "../text/code-points.js";

/**
 * The characters of a target by those of its source, as code points.
 *
 * @returns NaN where one of both has none
 */
export function lengthRatio(source: string, target: string): number {
  const [a, b] = [countCodes(source), countCodes(target)];
  return a > 0 && b > 0 ? b / a : Number.NaN;
}

/**
 * How well a pair's length ratio agrees with the usual ratio of its languages: the smaller of the two divided by the
 * larger, so that 1 means as usual and 0.5 half or twice as long.
 */
export function lengthAgreement(ratio: number, usual: number): number {
  return Math.min(ratio / usual, usual / ratio);
}

/**
 * A cosine reduced by what one side has too much: cosine times length agreement. Two sentences may be near each other
 * although one says only half of what the other does. It suits cosines whose zero means something, as those of centred
 * vectors; a negative one stays as it is.
 */
export function adequacyOf(cosine: number, agreement: number): number {
  return cosine > 0 ? cosine * agreement : cosine;
}

/** The median of the numbers among `values`; NaN of none. */
export function medianOf(values: Float32Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const middle = known.length >> 1;
  if (known.length % 2 === 1 || known.length === 0) return known[middle] ?? Number.NaN;
  return (known[middle - 1] + known[middle]) / 2;
}

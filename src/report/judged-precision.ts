import { type Share, wilson } from "../statistics/wilson.js";

/** Of a band: how many pairs it has, how many were judged, and how many of these are right. */
export interface JudgedBand {
  pairs: number;
  judged: number;
  right: number;
}

/**
 * The share of right pairs over all bands that have judged ones, each weighing what it has pairs. Its interval is made of
 * those of the bands (MOVER: Zou, Huang & Zhang 2009), and is Wilson's where there is one band.
 */
export function weighBands(bands: readonly JudgedBand[]): Share | undefined {
  const known = bands.filter(({ judged, pairs }) => judged > 0 && pairs > 0);
  const all = known.reduce((sum, { pairs }) => sum + pairs, 0);
  if (all === 0) return undefined;
  let [value, below, above] = [0, 0, 0];
  for (const { pairs, right, judged } of known) {
    const weight = pairs / all;
    const share = wilson(right, judged)!;
    value += weight * share.value;
    below += (weight * (share.value - share.low)) ** 2;
    above += (weight * (share.high - share.value)) ** 2;
  }
  return { value, low: Math.max(0, value - Math.sqrt(below)), high: Math.min(1, value + Math.sqrt(above)) };
}

import { mix } from "../store/hashes/mix.js";

/** How often each of so many things is drawn, if as many are drawn with replacement (Efron 1979); the same for a seed. */
export function drawCounts(size: number, seed: number): Float64Array {
  const counts = new Float64Array(size);
  let state = seed | 0;
  for (let drawn = 0; drawn < size; drawn++) {
    state = (state + 0x9e3779b9) | 0;
    counts[Math.floor(((mix(state) >>> 0) / 2 ** 32) * size)]++;
  }
  return counts;
}

/** The ends of the interval that holds 95 % of some values. */
export function interval(values: readonly number[]): { low: number; high: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { low: at(0.025), high: at(0.975) };
}

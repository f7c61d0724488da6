import { randomNumbers } from "../statistics/random-numbers.js";

/** How often each of so many things is drawn, if as many are drawn with replacement (Efron 1979); the same for a seed. */
export function drawCounts(size: number, seed: number): Float64Array {
  const counts = new Float64Array(size);
  const next = randomNumbers(seed);
  for (let drawn = 0; drawn < size; drawn++) counts[Math.floor(next() * size)]++;
  return counts;
}

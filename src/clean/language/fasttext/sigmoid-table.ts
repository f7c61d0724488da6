/** Steps of fastText's table, from -8 to 8. */
const STEPS = 512;
const HIGHEST = 8;

const table = Float32Array.from(
  { length: STEPS + 1 },
  (_, step) => 1 / (1 + Math.exp(HIGHEST - (2 * HIGHEST * step) / STEPS)),
);

/** 1 / (1 + e^-value), as fastText looks it up. */
export function sigmoidOf(value: number): number {
  if (value < -HIGHEST) return 0;
  if (value > HIGHEST) return 1;
  return table[Math.trunc(((value + HIGHEST) * STEPS) / HIGHEST / 2)];
}

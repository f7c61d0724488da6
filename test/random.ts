import type { Vectors } from "../src/types/vectors.js";

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomUnitVectors(rows: number, dimensions: number, seed: number): Vectors {
  const next = randomNumbers(seed);
  const data = Float32Array.from({ length: rows * dimensions }, () => next() - 0.5);
  for (let row = 0; row < rows; row++) {
    const vector = data.subarray(row * dimensions, (row + 1) * dimensions);
    const length = Math.hypot(...vector);
    for (let i = 0; i < dimensions; i++) vector[i] /= length;
  }
  return { rows, dimensions, data };
}

import { mix } from "../../store/hashes/mix.js";

/** Permutations a signature has. */
export const PERMUTATIONS = 128;

/** What tells the permutations apart; odd, and far from each other. */
const SEEDS = Uint32Array.from({ length: PERMUTATIONS }, (_, i) => mix(Math.imul(i + 1, 0x9e3779b1)) | 1);

/**
 * The MinHash signature of a set (Broder 1997): for each of 128 permutations of all 32-bit numbers the least that an
 * element becomes. The share of places where two signatures agree estimates the Jaccard similarity of the sets, with a
 * standard deviation of at most 0.044.
 */
export function minHash(shingles: ReadonlySet<number>): Uint32Array {
  const signature = new Uint32Array(PERMUTATIONS).fill(0xffffffff);
  for (const shingle of shingles)
    for (let i = 0; i < PERMUTATIONS; i++) {
      const value = mix(Math.imul(shingle ^ SEEDS[i], SEEDS[i])) >>> 0;
      if (value < signature[i]) signature[i] = value;
    }
  return signature;
}

import { mix } from "../../store/hashes/mix.js";
import { chooseBands } from "./choose-bands.js";
import { minHash, PERMUTATIONS } from "./min-hash.js";
import { shinglesOf } from "./shingles.js";

export interface NearDuplicateOptions {
  /**
   * The Jaccard similarity of word 5-shingles from which documents count as near-duplicates; above 0, at most 1. The
   * chance that two of them meet rises around it: with 0.8 it is 1 in 12 for a similarity of 0.7, 2 in 5 for 0.8, and 9
   * in 10 for 0.9.
   * @default 0.8
   */
  threshold?: number;
}

/** Documents that share a key are near-duplicates. */
export interface BandKeys {
  /** Keys a document. */
  readonly bands: number;
  /** A document's keys, `bands` of them. Documents without any word are all the same. */
  keysOf(blocks: readonly string[]): BigUint64Array;
}

/**
 * What near-duplicates have in common, by MinHash and banding (Broder 1997; Leskovec et al., ch. 3): a key for each band of
 * a signature.
 *
 * @throws OptionError unless the threshold is above 0 and at most 1
 */
export function openBandKeys({ threshold = 0.8 }: NearDuplicateOptions = {}): BandKeys {
  const { bands, rows } = chooseBands(threshold, PERMUTATIONS);
  return {
    bands,
    keysOf(blocks) {
      const signature = minHash(shinglesOf(blocks));
      const halves = new Uint32Array(2 * bands);
      for (let band = 0; band < bands; band++) {
        // Two hashes that start apart, of 32 bits each.
        let [low, high] = [mix(band + 1), mix(~band)];
        for (const value of signature.subarray(band * rows, (band + 1) * rows)) {
          low = mix(low ^ value);
          high = mix(Math.imul(high, 5) + value);
        }
        halves[2 * band] = low;
        halves[2 * band + 1] = high;
      }
      return new BigUint64Array(halves.buffer);
    },
  };
}

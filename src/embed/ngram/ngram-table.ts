import type { OpenTable } from "../static/open-table.js";
import { hashedTokenizer, tokenizeHashed } from "./hashed-tokenizer.js";
import { BUCKETS } from "./ngram.js";
import { SignTable } from "./sign-table.js";

/** Standard deviation of a row's numbers, for one unit of inverse document frequency. */
const DEVIATION = 0.05;

/** A table whose rows wait for all texts, to be weighed by how rare they are. */
export interface WeighedTable {
  /** @param texts each one's pieces; none is held */
  weigh(texts: Iterable<ArrayLike<number>> | AsyncIterable<ArrayLike<number>>): Promise<void>;
}

/** The table of the `ngram` encoder before training: random directions, weighed once it is known what is common. */
export function openNgramTable(dimensions: number, seed: number): OpenTable & WeighedTable {
  const values = new Float32Array(BUCKETS * dimensions);
  const signs = new SignTable(BUCKETS, dimensions, seed);
  return {
    values,
    dimensions,
    tokenizer: hashedTokenizer(BUCKETS),
    piecesOf: async (texts) => (await tokenizeHashed(BUCKETS, Number.POSITIVE_INFINITY)(texts)).ids,
    weigh: async (texts) => {
      const counts = new Uint32Array(BUCKETS);
      let total = 0;
      for await (const features of texts) {
        total++;
        for (const feature of new Set(Array.from(features))) counts[feature]++;
      }
      for (let row = 0; row < BUCKETS; row++) {
        const weight = DEVIATION * Math.log((total + 1) / (counts[row] + 1));
        signs.addRows([row], () => weight, values.subarray(row * dimensions, (row + 1) * dimensions));
      }
    },
  };
}

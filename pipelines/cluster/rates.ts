/**
 * What one core of an AMD EPYC with AVX-512 does in a second, and what jobs hold and leave, each with the benchmark that printed
 * it. Sentences are lines of parallel/, of 86 bytes, and vectors have 384 numbers.
 */

export type Encoder = "builtin" | "e5-small";
export type Index = "exact" | "ivf";

const MIB = 2 ** 20;

/** Bytes of WET files: `extract.js --runs 5`, 8.15 MB/s by two threads. */
export const EXTRACTED = 8.15e6 / 2;

/** Sentences of all dumps that are joined: `cluster-rates.js`, start included, as in all that is from there. */
export const JOINED = 80_000 / 0.5;

/** Sentences: `cluster-rates.js`, parts of 10,240; `embed.js --sentences 2500`, 492.5 at 8 bits by two threads. */
export const EMBEDDED: Record<Encoder, number> = { builtin: 10_240 / 1.6, "e5-small": 492.5 / 2 };

/** Lines that are read to find those of a part: `cluster-rates.js`, by 60,000 more of them. */
export const NOTED = 60_000 / 0.3;

/**
 * Products of two vectors. `exact`, each for both directions: `search.js --runs 1`, 100,000 × 100,000 at 8 bits in 11.7 s by
 * two threads. `ivf`, those with centroids included: `tiles.js`, 200,000 rows in 25.4 s of processor time without AVX-512.
 */
export const MULTIPLIED: Record<Index, number> = {
  exact: 100_000 ** 2 / (11.7 * 2),
  ivf: (200_000 * (1265 + (50 * 100_000) / 1265)) / 25.4,
};

/** What an inverted file takes in tiles, 4 × 2 of them, to one search of all: `tiles.js`. */
export const TILED = 1.61;

/** Rows of tiles that are merged, and candidates that are chosen from: `cluster-rates.js`. */
export const MERGED = 160_000 / 0.4;
export const CHOSEN = 457_000 / 1.7;

/** Bytes that a job holds, whatever the size, beside the vectors of its tile: `cluster-rates.js`; of e5-small `embed`. */
export const HELD = {
  extract: 475 * MIB,
  builtin: 255 * MIB,
  "e5-small": 947 * MIB,
  search: 150 * MIB,
  row: 85 * MIB,
  merge: 131 * MIB,
  select: 92 * MIB,
};

/** What the last merge and select may hold to sort in, unless `--memory` says otherwise. */
export const SORTED = 64 * MIB;

/** Bytes that it holds for each sentence of a side: `cluster-rates.js`, by the difference of two sizes; of select a bit a side. */
export const HELD_BY_SENTENCE = { embed: 34, search: 160, select: 2 / 8 };

/** Bytes of a sentence in WET files of which half is kept, as extract leaves it for others, and as it writes it. */
export const WET = 2 * 86;
export const DRAFT = 300;
export const TEXT = 37;

/** Candidates of a source, bytes of each, and of a sentence beside them in a run folder; bytes of a pair, for each source. */
export const CANDIDATES = 5.7;
export const CANDIDATE = 16;
export const RUN_TEXT = 110;
export const PAIR = 54;

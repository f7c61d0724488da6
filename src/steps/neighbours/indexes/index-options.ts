import type { OptionNames } from "../../../check-options.js";
import type { JobEvent } from "../../../events.js";
import type { BothWays } from "../../../search/both-ways.js";
import type { SearchType } from "../../../search/coding.js";
import type { GraphType } from "../../../search/graph-types.js";
import type { Centroids } from "../../../search/ivf/centroids.js";
import type { KnownLists } from "../../../search/ivf/known-lists.js";
import type { NonZeroRows } from "../../../search/zero-rows.js";
import type { Key } from "../../../store/run/manifest.js";
import type { Keep } from "../../../store/run/stage.js";
import type { Neighbours } from "../../../types/neighbours.js";
import type { SideName } from "../../../types/texts.js";

/** How neighbours can be found. */
export const INDEXES = ["auto", "exact", "ivf", "hnsw", "usearch"] as const;
/** How neighbours are found; `auto` chooses by the number of pairs. */
export type IndexName = (typeof INDEXES)[number];

/** How neighbours are searched. */
export interface IndexOptions {
  /**
   * How neighbours are found: `exact` compares every pair, `ivf` those of near clusters, `hnsw` and `usearch` those that
   * a graph leads to. `auto` takes `exact` or `ivf`, which of them costs less by the number of pairs, and says why.
   * @default "auto"
   */
  index?: IndexName;
  /**
   * `exact`: what is multiplied. `int8` is faster and misses less than one neighbour in a thousand; what is found has
   * exact scores in either. @default "float32"; `auto` may choose int8
   */
  searchType?: SearchType;
  /**
   * What is looked at for each sentence; more finds more of the true neighbours. Graphs: nodes (ef). `ivf`: lists.
   * @default 192; `ivf` 50
   */
  searchEffort?: number;
  /**
   * The share of true neighbours that `ivf` should find, above 0 and below 1, in place of `searchEffort`; `auto` takes
   * `ivf` once it is faster at that. It is what real text took; each search tells what a sample of its sentences found.
   * @default 0.99
   */
  recall?: number;
  /** `usearch`: how the graph holds its vectors, in two bytes a number or in one. @default "bf16" */
  indexType?: GraphType;
  /** Chooses the random directions of `ngram` and the levels of `hnsw`. @default 0 */
  seed?: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

/** The names of `IndexOptions`. */
export const INDEX_OPTIONS: OptionNames<IndexOptions> = {
  index: true,
  searchType: true,
  searchEffort: true,
  recall: true,
  indexType: true,
  seed: true,
  threads: true,
};

/** A side's vectors as an index searches them. */
export interface SearchedSide extends NonZeroRows {
  /** Whether they are fewer than the side's, since equal ones are one. */
  collapsed?: boolean;
}

export type SearchedVectors = Record<SideName, SearchedSide>;

export interface Index {
  /** What its neighbours depend on. */
  key: Key;
  /** How many more neighbours than are wanted it should be asked for, since their exact order may differ. */
  extra: number;
  /** @param whole both sides, where `vectors` are a part of them */
  search(vectors: SearchedVectors, k: number, whole?: SearchedVectors): Promise<BothWays>;
  /** In one direction, of each source its nearest targets; of a graph alone, since the others find both at once. */
  searchForward?(vectors: SearchedVectors, k: number): Promise<Neighbours>;
}

/** Clusters that were made before. */
export interface GivenCentroids {
  /** A checksum of them. */
  sum: string;
  /** How many there are. */
  lists: number;
  load(): Promise<Centroids>;
  /** Keeps the lists that a side's rows look at, where others need them, too. */
  keepLists(side: SideName, wanted: ListsWanted, find: () => Promise<KnownLists>): Promise<KnownLists>;
}

/** Lists of how many rows, and how many of each. */
export interface ListsWanted {
  rows: number;
  each: number;
}

export interface IndexContext {
  keep: Keep;
  /** What the vectors depend on. */
  vectorsKey: Key;
  /** Clusters that `ivf` takes, in place of its own. */
  centroids?: GivenCentroids;
  /** Rows that may be held, where memory is short. */
  heldRows?: number;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

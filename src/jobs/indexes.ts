import { join } from "node:path";
import type { BothWays } from "../search/both-ways.js";
import { searchExact } from "../search/exact.js";
import { buildHnsw, HNSW_KEY, type HnswIndex, loadHnsw, saveHnsw, searchHnsw } from "../search/hnswlib.js";
import type { Key } from "../store/manifest.js";
import type { Keep, Stage } from "../store/stage.js";
import type { SideName } from "../types.js";
import type { SearchedVectors } from "./candidates-stage.js";
import type { JobEvent } from "./events.js";

export const INDEXES = ["exact", "hnsw"] as const;
export type IndexName = (typeof INDEXES)[number];

export interface IndexOptions {
  /** `exact` compares every pair; `hnsw` finds most of the true neighbours by a graph. @default "exact" */
  index?: IndexName;
  /** `hnsw`: nodes looked at for each query (ef); more finds more of the true neighbours. @default 192 */
  searchEffort?: number;
  /** Chooses the random directions of `ngram` and the levels of `hnsw`. @default 0 */
  seed?: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

export interface Index {
  /** What its neighbours depend on. */
  key: Key;
  search(vectors: SearchedVectors, k: number): Promise<BothWays>;
}

interface IndexContext {
  keep: Keep;
  /** What the vectors depend on. */
  vectorsKey: Key;
  signal?: AbortSignal;
  onEvent: (event: JobEvent) => void;
}

/** Chooses how neighbours are found; a graph is kept where the run keeps things. */
export function chooseIndex(options: IndexOptions, context: IndexContext): Index {
  return options.index === "hnsw" ? hnswIndex(options, context) : exactIndex(options, context);
}

function exactIndex({ threads }: IndexOptions, { signal, onEvent }: IndexContext): Index {
  return {
    key: { index: "exact" },
    search: ({ source, target }, k) => {
      const total = source.vectors.rows * target.vectors.rows;
      return searchExact(source.vectors, target.vectors, {
        k,
        threads,
        signal,
        onProgress: (done) =>
          onEvent({ kind: "progress", stage: "search", done, total, unit: "comparisons" }),
      });
    },
  };
}

function hnswIndex({ searchEffort = 192, seed = 0 }: IndexOptions, context: IndexContext): Index {
  const { keep, vectorsKey, signal, onEvent } = context;
  const follow = (stage: string, total: number) => ({
    signal,
    onProgress: (done: number) => onEvent({ kind: "progress", stage, done, total, unit: "sentences" }),
  });
  const stage = (name: SideName, { vectors }: SearchedVectors[SideName]): Stage<HnswIndex> => {
    const pathIn = (folder: string) => join(folder, `${name}.hnsw`);
    return {
      name: `${name} index`,
      key: { ...vectorsKey, ...HNSW_KEY, seed },
      make: () => buildHnsw(vectors, seed, follow(`index ${name}`, vectors.rows)),
      save: (index, folder) => saveHnsw(index, pathIn(folder)),
      load: (folder) => loadHnsw(pathIn(folder), vectors.dimensions),
    };
  };
  return {
    key: { index: "hnsw", "search effort": searchEffort, seed, ...HNSW_KEY },
    search: async ({ source, target }, k) => {
      const rows = source.vectors.rows + target.vectors.rows;
      const progress = follow("search", rows);
      const onBackward = (done: number) => progress.onProgress(source.vectors.rows + done);
      const targetIndex = await keep(stage("target", target));
      const forward = await searchHnsw(targetIndex, source.vectors, { ...progress, k, effort: searchEffort });
      const sourceIndex = await keep(stage("source", source));
      const backward = await searchHnsw(sourceIndex, target.vectors, {
        signal,
        k,
        effort: searchEffort,
        onProgress: onBackward,
      });
      return { forward, backward };
    },
  };
}

import { searchExact } from "../search/exact.js";
import { buildHnsw, HNSW_KEY, type HnswIndex, loadHnsw, saveHnsw, searchHnsw } from "../search/hnswlib.js";
import {
  buildUsearch,
  type GraphType,
  loadUsearch,
  saveUsearch,
  searchUsearch,
  USEARCH_KEY,
  type UsearchGraph,
} from "../search/usearch.js";
import { type GraphEngine, graphIndex } from "./graph-index.js";
import type { Index, IndexContext } from "./search-index.js";

export const INDEXES = ["exact", "hnsw", "usearch"] as const;
export type IndexName = (typeof INDEXES)[number];

export interface IndexOptions {
  /** `exact` compares every pair; `hnsw` and `usearch` find most of the true neighbours by a graph. @default "exact" */
  index?: IndexName;
  /** Graphs: nodes looked at for each query (ef); more finds more of the true neighbours. @default 192 */
  searchEffort?: number;
  /** `usearch`: how the graph holds its vectors, in two bytes a number or in one. @default "bf16" */
  indexType?: GraphType;
  /** Chooses the random directions of `ngram` and the levels of `hnsw`. @default 0 */
  seed?: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

/** Nodes looked at for each query, unless another number is given. */
const EFFORT = 192;

/** Chooses how neighbours are found; a graph is kept where the run keeps things. */
export function chooseIndex(options: IndexOptions, context: IndexContext): Index {
  return MAKERS[options.index ?? "exact"](options, context);
}

const MAKERS: Record<IndexName, (options: IndexOptions, context: IndexContext) => Index> = {
  exact: exactIndex,
  hnsw: hnswIndex,
  usearch: usearchIndex,
};

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

function hnswIndex({ searchEffort: effort = EFFORT, seed = 0 }: IndexOptions, context: IndexContext): Index {
  const engine: GraphEngine<HnswIndex> = {
    name: "hnsw",
    key: { ...HNSW_KEY, seed },
    searchKey: { "search effort": effort },
    build: (vectors, options) => buildHnsw(vectors, seed, options),
    search: (graph, queries, options) => searchHnsw(graph, queries, { ...options, effort }),
    save: saveHnsw,
    load: loadHnsw,
  };
  return graphIndex(engine, context);
}

function usearchIndex(
  { searchEffort: effort = EFFORT, indexType: type = "bf16", threads }: IndexOptions,
  context: IndexContext,
): Index {
  const engine: GraphEngine<UsearchGraph> = {
    name: "usearch",
    key: { ...USEARCH_KEY, type },
    searchKey: { "search effort": effort },
    build: (vectors, options) => buildUsearch(vectors, { type, effort }, options),
    search: (graph, queries, options) => searchUsearch(graph, queries, { ...options, threads }),
    save: saveUsearch,
    load: (path, dimensions) => loadUsearch(path, dimensions, { type, effort }),
  };
  return graphIndex(engine, context);
}

import {
  buildHnsw,
  HNSW_KEY,
  type HnswIndex,
  loadHnsw,
  saveHnsw,
  searchHnsw,
} from "../../../search/hnswlib.js";
import { EFFORT, type GraphEngine, graphIndex } from "./graph-index.js";
import type { Index, IndexContext, IndexOptions } from "./index-options.js";

export function hnswIndex(
  { searchEffort: effort = EFFORT, seed = 0 }: IndexOptions,
  context: IndexContext,
): Index {
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

import {
  buildUsearch,
  loadUsearch,
  saveUsearch,
  searchUsearch,
  USEARCH_KEY,
  type UsearchGraph,
} from "../../../search/usearch.js";
import { EFFORT, type GraphEngine, graphIndex } from "./graph-index.js";
import type { Index, IndexContext, IndexOptions } from "./index-options.js";

export function usearchIndex(
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

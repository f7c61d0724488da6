import { join } from "node:path";
import type { GraphOptions } from "../../../search/graph.js";
import type { Key } from "../../../store/run/manifest.js";
import type { Stage } from "../../../store/run/stage.js";
import type { Neighbours } from "../../../types/neighbours.js";
import type { SideName } from "../../../types/texts.js";
import type { VectorRows } from "../../../types/vectors.js";
import { GRAPH_ENDINGS, graphOutline } from "../search-outlines.js";
import type { Index, IndexContext, SearchedSide, SearchedVectors } from "./index-options.js";

/** Nodes looked at for each query, unless another number is given. */
export const EFFORT = 192;

/** A graph's cosines differ from exact ones. */
const EXTRA = 4;

/** A library that searches a graph over vectors. */
export interface GraphEngine<Graph> {
  name: keyof typeof GRAPH_ENDINGS;
  /** What a graph depends on beside its vectors. */
  key: Key;
  /** What is found depends on this, too. */
  searchKey: Key;
  build(vectors: VectorRows, options: GraphOptions): Promise<Graph>;
  search(graph: Graph, queries: VectorRows, options: GraphOptions & { k: number }): Promise<Neighbours>;
  save(graph: Graph, path: string): Promise<void>;
  load(path: string, dimensions: number): Promise<Graph>;
}

/** Builds a graph over each side, or takes the one that a run keeps, and looks up the other side's rows in it. */
export function graphIndex<Graph>(
  { name, key, searchKey, build, search, save, load }: GraphEngine<Graph>,
  { keep, vectorsKey, signal, onEvent }: IndexContext,
): Index {
  const follow = (stage: string, total: number, before = 0) => ({
    signal,
    onProgress: (done: number) =>
      onEvent({ kind: "progress", stage, done: before + done, total, unit: "sentences" }),
  });
  const stage = (side: SideName, { vectors, collapsed }: SearchedSide): Stage<Graph> => {
    const pathIn = (folder: string) => join(folder, `${side}.${GRAPH_ENDINGS[name][0]}`);
    return {
      ...graphOutline(side),
      key: { ...vectorsKey, ...key, ...(collapsed && { "distinct rows": vectors.rows }) },
      make: () => build(vectors, follow(`index ${side}`, vectors.rows)),
      save: (graph, folder) => save(graph, pathIn(folder)),
      load: (folder) => load(pathIn(folder), vectors.dimensions),
    };
  };
  const searchTargets = async ({ source, target }: SearchedVectors, k: number, total: number) => {
    const targets = await keep(stage("target", target));
    return search(targets, source.vectors, { ...follow("search", total), k });
  };
  return {
    key: { index: name, ...searchKey, ...key },
    extra: EXTRA,
    searchForward: (vectors, k) => searchTargets(vectors, k, vectors.source.vectors.rows),
    search: async ({ source, target }, k) => {
      const rows = source.vectors.rows + target.vectors.rows;
      const forward = await searchTargets({ source, target }, k, rows);
      const sources = await keep(stage("source", source));
      const backward = await search(sources, target.vectors, {
        ...follow("search", rows, source.vectors.rows),
        k,
      });
      return { forward, backward };
    },
  };
}

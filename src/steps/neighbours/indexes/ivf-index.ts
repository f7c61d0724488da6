import { CODINGS, IVF_TYPE } from "../../../search/coding.js";
import { type Centroids, trainCentroids } from "../../../search/ivf/centroids.js";
import { findLists } from "../../../search/ivf/known-lists.js";
import { searchIvf } from "../../../search/ivf.js";
import type { Stage } from "../../../store/run/stage.js";
import type { SideName } from "../../../types/texts.js";
import type { VectorRows } from "../../../types/vectors.js";
import { CENTROIDS } from "../search-outlines.js";
import { loadCentroids, saveCentroids } from "./centroid-file.js";
import type { Index, IndexContext, IndexOptions, SearchedVectors } from "./index-options.js";
import { countLists, probesOf } from "./ivf-effort.js";

/** An inverted file; a run keeps its centroids. */
export function ivfIndex(
  options: IndexOptions,
  { keep, vectorsKey, centroids: given, heldRows, signal, onEvent }: IndexContext,
): Index {
  const { threads } = options;
  const probes = probesOf(options);
  const train = async ({ source, target }: SearchedVectors): Promise<Centroids> => {
    const lists = countLists(source.vectors.rows, target.vectors.rows);
    const distinct = (source.collapsed || target.collapsed) && {
      "distinct rows": [source.vectors.rows, target.vectors.rows],
    };
    const make = () =>
      trainCentroids(source.vectors, target.vectors, {
        lists,
        threads,
        signal,
        onProgress: (done, total) =>
          onEvent({ kind: "progress", stage: "clusters", done, total, unit: "rounds" }),
      });
    return keep(centroidsStage({ ...vectorsKey, lists, ...distinct }, source.vectors.dimensions, make));
  };
  return {
    key: { index: "ivf", "search effort": probes, ...(given && { centroids: given.sum }) },
    extra: CODINGS[IVF_TYPE].extra,
    search: async ({ source, target }, k, whole = { source, target }) => {
      const centroids = await (given ? given.load() : train(whole));
      const listed = { centroids, probes, threads, signal };
      const each = Math.min(probes, centroids.vectors.rows);
      const keptLists = (name: SideName, rows: VectorRows) =>
        given?.keepLists(name, { rows: rows.rows, each }, () => findLists(name, rows, listed));
      const known = {
        source: await keptLists("source", source.vectors),
        target: await keptLists("target", target.vectors),
      };
      const total = source.vectors.rows * target.vectors.rows;
      return searchIvf(source.vectors, target.vectors, {
        ...listed,
        known,
        k,
        heldRows,
        onProgress: (done) => onEvent({ kind: "progress", stage: "search", done, total, unit: "pairs" }),
      });
    },
  };
}

function centroidsStage(
  key: Stage<Centroids>["key"],
  dimensions: number,
  make: () => Promise<Centroids>,
): Stage<Centroids> {
  return {
    ...CENTROIDS,
    key,
    make,
    save: saveCentroids,
    load: async (folder) => loadCentroids(folder, dimensions),
  };
}

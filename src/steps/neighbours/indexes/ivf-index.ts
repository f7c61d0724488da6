import { join } from "node:path";
import { type Centroids, trainCentroids } from "../../../search/centroids.js";
import { searchIvf } from "../../../search/ivf.js";
import { NpyWriter, readNpy } from "../../../store/arrays/npy-file.js";
import { temporaryPath } from "../../../store/files/whole-file.js";
import type { Stage } from "../../../store/run/stage.js";
import { CENTROIDS } from "../search-outlines.js";
import type { Index, IndexContext, IndexOptions } from "./index-options.js";

export const DEFAULT_PROBES = 64;

/** Products are of 8-bit numbers. */
const EXTRA = 8;

/**
 * How many lists suit so many rows on a side: many small lists find more of the true neighbours with the same number of
 * comparisons, until finding the nearest lists costs as much as it saves.
 */
export function countLists(sourceRows: number, targetRows: number): number {
  return Math.min(
    65_535,
    Math.ceil(6 * Math.sqrt(Math.max(sourceRows, targetRows))),
    sourceRows + targetRows,
  );
}

/** An inverted file; a run keeps its centroids. */
export function ivfIndex(
  { searchEffort = DEFAULT_PROBES, threads }: IndexOptions,
  { keep, vectorsKey, heldRows, signal, onEvent }: IndexContext,
): Index {
  return {
    key: { index: "ivf", "search effort": searchEffort },
    extra: EXTRA,
    search: async ({ source, target }, k, whole = { source, target }) => {
      const lists = countLists(whole.source.vectors.rows, whole.target.vectors.rows);
      const distinct = (whole.source.collapsed || whole.target.collapsed) && {
        "distinct rows": [whole.source.vectors.rows, whole.target.vectors.rows],
      };
      const stage = centroidsStage({ ...vectorsKey, lists, ...distinct }, source.vectors.dimensions, () =>
        trainCentroids(whole.source.vectors, whole.target.vectors, {
          lists,
          threads,
          signal,
          onProgress: (done, total) =>
            onEvent({ kind: "progress", stage: "clusters", done, total, unit: "rounds" }),
        }),
      );
      const total = source.vectors.rows * target.vectors.rows;
      return searchIvf(source.vectors, target.vectors, {
        centroids: await keep(stage),
        probes: searchEffort,
        k,
        heldRows,
        threads,
        signal,
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
  const pathIn = (folder: string) => join(folder, CENTROIDS.files[0]);
  return {
    ...CENTROIDS,
    key,
    make,
    save: async ({ means, vectors }, folder) => {
      const path = pathIn(folder);
      const file = await NpyWriter.open(temporaryPath(path), "<f4", dimensions);
      await file.append(Float32Array.from([...means.source, ...means.target]));
      await file.append(vectors.data);
      await file.finish(path);
    },
    load: async (folder) => {
      const rows = readNpy(pathIn(folder)) as Float32Array;
      const [source, target] = [0, 1].map((row) => [
        ...rows.subarray(row * dimensions, (row + 1) * dimensions),
      ]);
      const data = rows.subarray(2 * dimensions);
      return {
        vectors: { rows: data.length / dimensions, dimensions, data },
        means: { source, target },
      };
    },
  };
}

import { join } from "node:path";
import type { Centroids } from "../../../search/ivf/centroids.js";
import { NpyWriter, readNpy } from "../../../store/arrays/npy-file.js";
import { temporaryPath } from "../../../store/files/whole-file.js";
import { CENTROIDS } from "../search-outlines.js";

/** The file of centroids in a folder. */
export const CENTROID_FILE = CENTROIDS.files[0];

/** Writes the means of source and target, then a row a list. */
export async function saveCentroids({ means, vectors }: Centroids, folder: string): Promise<void> {
  const path = join(folder, CENTROID_FILE);
  const file = await NpyWriter.open(temporaryPath(path), "<f4", vectors.dimensions);
  await file.append(Float32Array.from([...means.source, ...means.target]));
  await file.append(vectors.data);
  await file.finish(path);
}

export function loadCentroids(folder: string, dimensions: number): Centroids {
  const rows = readNpy(join(folder, CENTROID_FILE)) as Float32Array;
  const [source, target] = [0, 1].map((row) => [...rows.subarray(row * dimensions, (row + 1) * dimensions)]);
  const data = rows.subarray(2 * dimensions);
  return { vectors: { rows: data.length / dimensions, dimensions, data }, means: { source, target } };
}

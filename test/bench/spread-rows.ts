import { evenPlaces } from "../../src/search/ranges.js";
import { reorder } from "../../src/search/reorder.js";
import type { Neighbours } from "../../src/types/neighbours.js";
import type { VectorRows } from "../../src/types/vectors.js";

/** So many rows, spread evenly. */
export function spreadRows(rows: VectorRows, count: number): VectorRows {
  return reorder(rows, evenPlaces(count, rows.rows));
}

/** The neighbours of so many rows, spread evenly. */
export function sampleOf({ rows, k, indices, cosines }: Neighbours, count: number): Neighbours {
  const sample = {
    rows: count,
    k,
    indices: new Uint32Array(count * k),
    cosines: new Float32Array(count * k),
  };
  for (const [i, row] of evenPlaces(count, rows).entries()) {
    sample.indices.set(indices.subarray(row * k, (row + 1) * k), i * k);
    sample.cosines.set(cosines.subarray(row * k, (row + 1) * k), i * k);
  }
  return sample;
}

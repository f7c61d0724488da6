import type { Vectors } from "../../types/vectors.js";
import { IVF_TYPE } from "../coding.js";
import { encodeRows } from "../encode-rows.js";
import { inMemory } from "../in-memory.js";
import { wholeGroups } from "../product-graph.js";
import type { ListCodes } from "./nearest-lists.js";

/**
 * Centroids as rows are compared with them.
 *
 * @param mean what is subtracted from the rows: their products are not made anew, it is subtracted from those
 */
export function encodeCentroids(centroids: Vectors, mean?: readonly number[]): ListCodes {
  const all = { first: 0, end: centroids.rows };
  const codes = encodeRows(inMemory(centroids), all, { type: IVF_TYPE, side: "right" });
  return { codes, offsets: offsetsOf(centroids, mean) };
}

function offsetsOf({ rows, dimensions, data }: Vectors, mean?: readonly number[]): Float32Array {
  const offsets = new Float32Array(wholeGroups(rows)).fill(Number.POSITIVE_INFINITY);
  for (let list = 0; list < rows; list++) {
    let sum = 0;
    if (mean) for (let i = 0; i < dimensions; i++) sum += data[list * dimensions + i] * mean[i];
    offsets[list] = sum;
  }
  return offsets;
}

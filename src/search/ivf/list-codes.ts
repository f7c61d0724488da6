import type { Vectors } from "../../types/vectors.js";
import { type Codes, IVF_TYPE } from "../coding.js";
import { encodeRows, roomForCodes } from "../encode-rows.js";
import { inMemory } from "../in-memory.js";
import { wholeGroups } from "../product-graph.js";

/** What rows are compared with to find their lists. */
export interface ListCodes {
  lists: number;
  /** Centroids as codes of the right side, a column each: dimensions × lists, in whole groups. For several threads. */
  columns: Int8Array;
  /** For each list the product of its centroid with what is subtracted from the rows, in whole groups. */
  offsets: Float32Array;
}

/**
 * Centroids as rows are compared with them.
 *
 * @param mean what is subtracted from the rows: their products are not made anew, it is subtracted from those
 */
export function encodeCentroids(centroids: Vectors, mean?: readonly number[]): ListCodes {
  const { rows: lists } = centroids;
  const codes = encodeRows(inMemory(centroids), { first: 0, end: lists }, { type: IVF_TYPE, side: "right" });
  return { lists, columns: columnsOf(codes, centroids), offsets: offsetsOf(centroids, mean) };
}

function columnsOf(codes: Codes, { rows, dimensions }: Vectors): Int8Array {
  const width = wholeGroups(rows);
  const columns = new Int8Array(roomForCodes(width, dimensions, IVF_TYPE));
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < dimensions; i++) columns[i * width + row] = codes[row * dimensions + i];
  return columns;
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

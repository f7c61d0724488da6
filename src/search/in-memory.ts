import type { VectorRows, Vectors } from "../types/vectors.js";

/** Vectors that are in memory already, as an index reads them. */
export function inMemory({ rows, dimensions, data }: Vectors): VectorRows {
  return { rows, dimensions, read: (start, end) => data.subarray(start * dimensions, end * dimensions) };
}

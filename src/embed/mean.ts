import type { VectorBlock } from "../types/vectors.js";
import { RowSums } from "./row-sums.js";

/** Rows of a matrix that can be read again. */
export interface ReadableRows {
  readonly rows: number;
  read(start: number, end: number): Promise<Float32Array>;
}

const BLOCK = 4096;

/** The mean of all rows that are not zero; zeros if there is none. */
export async function meanOfRows(
  matrix: ReadableRows,
  dimensions: number,
  blocks?: readonly Pick<VectorBlock, "dimensions">[],
): Promise<number[]> {
  const sums = new RowSums(dimensions, blocks);
  for (let first = 0; first < matrix.rows; first += BLOCK)
    sums.add(await matrix.read(first, Math.min(first + BLOCK, matrix.rows)));
  return sums.mean();
}

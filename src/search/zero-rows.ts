import type { Vectors } from "../types.js";

/** Vectors that can be searched, and which row each of them was. */
export interface NonZeroRows {
  vectors: Vectors;
  rowNumbers: Uint32Array;
}

/**
 * Moves the rows that are not all zeros together, in place: a zero vector is near to nothing and must never match.
 *
 * @throws the error that `reject` makes of the first row that holds a NaN or an infinity
 */
export function dropZeroRows(vectors: Vectors, reject: (row: number) => Error): NonZeroRows {
  const { data, dimensions, rows } = vectors;
  const rowNumbers = new Uint32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * dimensions;
    let size = 0;
    for (let i = start; i < start + dimensions; i++) size += Math.abs(data[i]);
    if (!Number.isFinite(size)) throw reject(row);
    if (size === 0) continue;
    if (kept < row) data.copyWithin(kept * dimensions, start, start + dimensions);
    rowNumbers[kept++] = row;
  }
  return {
    vectors: { rows: kept, dimensions, data: data.subarray(0, kept * dimensions) },
    rowNumbers: rowNumbers.slice(0, kept),
  };
}

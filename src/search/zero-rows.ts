import type { Vectors } from "../types.js";

/** Vectors that can be searched, and which row each of them was. */
export interface NonZeroRows {
  vectors: Vectors;
  rowNumbers: Uint32Array;
}

/** Moves the rows that are not all zeros together, in place: a zero vector is near to nothing and must never match. */
export function dropZeroRows({ data, dimensions, rows }: Vectors): NonZeroRows {
  const rowNumbers = new Uint32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * dimensions;
    const end = start + dimensions;
    let i = start;
    while (i < end && data[i] === 0) i++;
    if (i === end) continue;
    if (kept < row) data.copyWithin(kept * dimensions, start, end);
    rowNumbers[kept++] = row;
  }
  return {
    vectors: { rows: kept, dimensions, data: data.subarray(0, kept * dimensions) },
    rowNumbers: rowNumbers.slice(0, kept),
  };
}

import type { VectorRows, Vectors } from "../types/vectors.js";
import { inMemory } from "./in-memory.js";
import { ranges } from "./ranges.js";
import { reorder } from "./reorder.js";

/** Vectors that can be searched, and which row each of them was. */
export interface NonZeroRows {
  vectors: VectorRows;
  rowNumbers: Uint32Array;
}

/** Rows read at once. */
const READ_ROWS = 4096;

/** Moves the rows that are not all zeros together, in place: a zero vector is near nothing and must never match. */
export function dropZeroRows({ data, dimensions, rows }: Vectors): NonZeroRows {
  const rowNumbers = numberNonZeroRows(inMemory({ data, dimensions, rows }));
  for (const [kept, row] of rowNumbers.entries())
    if (kept < row) data.copyWithin(kept * dimensions, row * dimensions, (row + 1) * dimensions);
  const kept = rowNumbers.length;
  const vectors = inMemory({ rows: kept, dimensions, data: data.subarray(0, kept * dimensions) });
  return { vectors, rowNumbers };
}

/**
 * Passes over the rows that are all zeros, where rows stay in their file. Memory: 4 bytes a row.
 *
 * @param known those that are not; else all are read
 */
export function passZeroRows(rows: VectorRows, known?: Uint32Array): NonZeroRows {
  const rowNumbers = known ?? numberNonZeroRows(rows);
  return { vectors: rowNumbers.length === rows.rows ? rows : reorder(rows, rowNumbers), rowNumbers };
}

function numberNonZeroRows({ rows, dimensions, read }: VectorRows): Uint32Array {
  const rowNumbers = new Uint32Array(rows);
  let kept = 0;
  for (const { first, end } of ranges(0, rows, READ_ROWS)) {
    const block = read(first, end);
    for (let row = first; row < end; row++) {
      const stop = (row - first + 1) * dimensions;
      let i = stop - dimensions;
      while (i < stop && block[i] === 0) i++;
      if (i < stop) rowNumbers[kept++] = row;
    }
  }
  return rowNumbers.slice(0, kept);
}

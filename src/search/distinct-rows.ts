import type { VectorRows } from "../types/vectors.js";
import { ranges } from "./ranges.js";

/** Rows read at once; nearly always the first block has two that differ. */
const READ_ROWS = 256;

/**
 * Whether a side has two different rows that are not zeros. If not, its mean is its only row, and subtracting it would
 * leave zeros.
 */
export function hasDistinctRows({ rows, dimensions, read }: VectorRows): boolean {
  let known: Float32Array | undefined;
  for (const { first, end } of ranges(0, rows, READ_ROWS)) {
    const block = read(first, end);
    for (let start = 0; start < block.length; start += dimensions) {
      const row = block.subarray(start, start + dimensions);
      if (row.every((value) => value === 0)) continue;
      const compared = known;
      if (compared?.some((value, i) => value !== row[i])) return true;
      known ??= row.slice();
    }
  }
  return false;
}

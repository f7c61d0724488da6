import type { Vectors } from "../types.js";

/**
 * Whether a side has two rows, beside zeros, that differ. If not, its mean is that row, and nothing would be left of it
 * once the mean is subtracted.
 */
export function hasDistinctRows({ data, dimensions }: Vectors): boolean {
  const rowAt = (start: number) => data.subarray(start, start + dimensions);
  let first: Float32Array | undefined;
  for (let start = 0; start < data.length; start += dimensions) {
    const row = rowAt(start);
    if (row.every((value) => value === 0)) continue;
    const compared = first;
    if (compared?.some((value, i) => value !== row[i])) return true;
    first ??= row;
  }
  return false;
}

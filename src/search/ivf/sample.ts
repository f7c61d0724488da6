import type { VectorRows } from "../../types/vectors.js";
import { evenPlaces, ranges } from "../ranges.js";
import { reorder } from "../reorder.js";

/** Rows that are read at once. */
const READ_ROWS = 4096;

/** A share of rows, spread evenly. */
export function sampleRows(side: VectorRows, share: number): VectorRows {
  return reorder(side, evenPlaces(Math.ceil(side.rows * share), side.rows));
}

export function meanOf({ rows, dimensions, read }: VectorRows): number[] {
  const mean = new Float64Array(dimensions);
  for (const { first, end } of ranges(0, rows, READ_ROWS)) {
    const block = read(first, end);
    for (let start = 0; start < block.length; start += dimensions)
      for (let i = 0; i < dimensions; i++) mean[i] += block[start + i];
  }
  return Array.from(mean, (sum) => Math.fround(sum / Math.max(1, rows)));
}

export function concatenateRows(first: VectorRows, second: VectorRows): VectorRows {
  const { rows: before, dimensions } = first;
  const read = (start: number, end: number) => {
    const block = new Float32Array((end - start) * dimensions);
    const cut = Math.min(Math.max(start, before), end);
    if (start < cut) block.set(first.read(start, cut));
    if (cut < end) block.set(second.read(cut - before, end - before), (cut - start) * dimensions);
    return block;
  };
  return { rows: before + second.rows, dimensions, read };
}

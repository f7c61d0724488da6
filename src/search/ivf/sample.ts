import type { VectorRows } from "../../types/vectors.js";
import { evenPlaces, ranges } from "../ranges.js";
import { readInto, roomToRead } from "../read-into.js";
import { reorder } from "../reorder.js";

/** Rows that are read at once. */
const READ_ROWS = 4096;

/** A share of rows, spread evenly. */
export function sampleRows(side: VectorRows, share: number): VectorRows {
  return reorder(side, evenPlaces(Math.ceil(side.rows * share), side.rows));
}

export function meanOf({ rows, dimensions, read }: VectorRows): number[] {
  const mean = new Float64Array(dimensions);
  const room = roomToRead(Math.min(rows, READ_ROWS), dimensions);
  for (const { first, end } of ranges(0, rows, READ_ROWS)) {
    const block = read(first, end, room);
    for (let start = 0; start < block.length; start += dimensions)
      for (let i = 0; i < dimensions; i++) mean[i] += block[start + i];
  }
  return Array.from(mean, (sum) => Math.fround(sum / Math.max(1, rows)));
}

export function concatenateRows(first: VectorRows, second: VectorRows): VectorRows {
  const { rows: before, dimensions } = first;
  const read: VectorRows["read"] = (start, end, room = new Float32Array((end - start) * dimensions)) => {
    const cut = Math.min(Math.max(start, before), end);
    const place = (from: number, to: number) =>
      room.subarray((from - start) * dimensions, (to - start) * dimensions);
    if (start < cut) readInto(place(start, cut), first, start, cut);
    if (cut < end) readInto(place(cut, end), second, cut - before, end - before);
    return place(start, end);
  };
  return { rows: before + second.rows, dimensions, read };
}

import type { VectorRows } from "../types/vectors.js";

/** Reads rows to where they are wanted, wherever they are. */
export function readInto(place: Float32Array, { read }: VectorRows, start: number, end: number): void {
  const rows = read(start, end, place);
  if (rows.buffer !== place.buffer || rows.byteOffset !== place.byteOffset) place.set(rows);
}

/** Room for rows that are read, used and let go again and again, so that no garbage is left of each block. */
export function roomToRead(numbers: number): Float32Array {
  if (kept.length < numbers) kept = new Float32Array(numbers);
  return kept;
}

let kept = new Float32Array();

import { roomForRows } from "../runtime/rows/row-kernel.js";
import type { VectorRows } from "../types/vectors.js";

/** Reads rows to where they are wanted, wherever they are. */
export function readInto(
  place: Float32Array,
  { read }: Pick<VectorRows, "read">,
  start: number,
  end: number,
): void {
  const rows = read(start, end, place);
  if (rows.buffer !== place.buffer || rows.byteOffset !== place.byteOffset) place.set(rows);
}

/** Room for rows that are read, used and let go again and again, so that no garbage is left of each block. */
export function roomToRead(rows: number, dimensions: number): Float32Array {
  if (kept.length < rows * dimensions) kept = roomForRows(rows, dimensions);
  return kept;
}

let kept: Float32Array = new Float32Array();

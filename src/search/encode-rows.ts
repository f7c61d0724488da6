import type { VectorRows } from "../types/vectors.js";
import { CODINGS, type Codes, type SearchType } from "./coding.js";
import { type Range, ranges } from "./ranges.js";
import { roomToRead } from "./read-into.js";

/** Rows read at once to be encoded: fewer where they take more bytes. */
const READ_ROWS = 4096;
const READ_BYTES = 8 * 2 ** 20;

/** Rows as which codes. */
export interface RowCoding {
  type: SearchType;
  side: "left" | "right";
}

/** Memory for the codes of so many rows, for several threads. */
export function roomForCodes(rows: number, dimensions: number, type: SearchType): SharedArrayBuffer {
  return new SharedArrayBuffer(rows * dimensions * CODINGS[type].bytes);
}

/**
 * Rows as codes of one side of a product. Memory: the codes, and a block of the rows.
 *
 * @param room where the codes are put
 */
export function encodeRows(
  rows: VectorRows,
  range: Range,
  coding: RowCoding,
  room = roomForCodes(range.end - range.first, rows.dimensions, coding.type),
): Codes {
  const { Codes } = CODINGS[coding.type][coding.side];
  const codes = new Codes(room).subarray(0, (range.end - range.first) * rows.dimensions);
  encodeInto(codes, rows, range, coding);
  return codes;
}

/** The same, where there is room for their codes. */
export function encodeInto(
  codes: Codes,
  { read, dimensions }: VectorRows,
  { first, end }: Range,
  { type, side }: RowCoding,
): void {
  const { encode } = CODINGS[type][side];
  const rows = Math.max(1, Math.floor(READ_BYTES / (dimensions * Float32Array.BYTES_PER_ELEMENT)));
  const atOnce = Math.min(READ_ROWS, rows, end - first);
  const room = roomToRead(atOnce, dimensions);
  for (const range of ranges(first, end, atOnce)) {
    const place = codes.subarray((range.first - first) * dimensions, (range.end - first) * dimensions);
    const block = read(range.first, range.end, room);
    if (encode) encode(block, dimensions, place);
    else place.set(block);
  }
}

import type { VectorRows } from "../types/vectors.js";
import { CODINGS, type Codes, type SearchType } from "./coding.js";
import { type Range, ranges } from "./ranges.js";

/** Rows read at once to be encoded. */
const READ_ROWS = 4096;

/**
 * Rows as codes of one side of a product. Memory: the codes, and a block of the rows; nothing where rows in memory are
 * multiplied as they are.
 */
export function encodeRows(
  { read, dimensions }: VectorRows,
  { first, end }: Range,
  type: SearchType,
  side: "left" | "right",
): Codes {
  const { encode, Codes } = CODINGS[type][side];
  if (!encode) return read(first, end);
  const codes = new Codes((end - first) * dimensions);
  for (const range of ranges(first, end, READ_ROWS)) {
    const place = codes.subarray((range.first - first) * dimensions, (range.end - first) * dimensions);
    encode(read(range.first, range.end), dimensions, place);
  }
  return codes;
}

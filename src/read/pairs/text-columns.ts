import type { Pair } from "../../types/bitexts.js";
import { languagesNamed } from "./header.js";

const LOOKED_AT = 10;
const ADDRESS = /^(https?:\/\/|www\.)\S+$/i;
const NUMBER = /^[+-]?\d+([.,]\d+)*$/;

/** The first pairs of a bitext that are not blank. */
export function firstPairs(batch: readonly Pair[]): Pair[] {
  return batch.filter(({ source, target }) => source.trim() || target.trim()).slice(0, LOOKED_AT);
}

export const isAddress = (text: string) => ADDRESS.test(text.trim());
/** Whether it is a number, such as an id, or a score with a decimal comma. */
export const isNumber = (text: string) => NUMBER.test(text.trim());
export const isLanguage = (text: string) => languagesNamed([text.trim()]).length > 0;

/** The columns, from 1, that hold neither addresses nor numbers, but words. */
export const textColumns = (pairs: readonly Pair[]) =>
  columnsWith(pairs, (cell) => /\s|[^\0-\x7f]/.test(cell.trim()) && !isAddress(cell));

/** The columns, from 1, that may hold texts, though perhaps of one word each. */
export const wordColumns = (pairs: readonly Pair[]) =>
  columnsWith(
    pairs,
    (cell) => cell.trim() !== "" && ![isAddress, isNumber, isLanguage].some((is) => is(cell)),
  );

/** The columns, from 1, most of whose cells are of a kind. */
function columnsWith(pairs: readonly Pair[], isOfKind: (cell: string) => boolean): number[] {
  const rows = pairs.flatMap(({ row }) => (row ? [row.cells] : []));
  const width = Math.min(...rows.map((cells) => cells.length));
  return Array.from({ length: Number.isFinite(width) ? width : 0 }, (_, column) => column + 1).filter(
    (column) => 2 * rows.filter((row) => isOfKind(row[column - 1])).length > rows.length,
  );
}

import { InputError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import { option, type Remark, say, warning } from "../../wording.js";

const LOOKED_AT = 10;
const ADDRESS = /^(https?:\/\/|www\.)\S+$/i;

/**
 * Looks whether the first pairs have addresses of pages in place of texts, where nobody has named the columns.
 *
 * @throws InputError where other columns of the rows hold texts
 */
export function noticeAddresses(batch: readonly Pair[], path: string, onNote?: (note: Remark) => void): void {
  const first = batch.filter(({ source, target }) => source.trim() || target.trim()).slice(0, LOOKED_AT);
  if (first.length === 0) return;
  const sides = (["source", "target"] as const).filter((side) =>
    first.every((pair) => isAddress(pair[side])),
  );
  if (sides.length === 0) return;
  const texts = textColumns(first);
  const [{ row, line }] = first;
  if (row && texts.length > 0) {
    const taken = `columns ${row.columns.source + 1} and ${row.columns.target + 1}`;
    const better =
      texts.length === 1
        ? `column ${texts[0]} looks like a text`
        : `columns ${texts.join(" and ")} look like texts`;
    const problem = `${taken} were taken for the texts, but hold addresses; ${better}.`;
    throw new InputError({ path, line }, problem, {
      advice: say`Name the columns of the texts with ${option("columns")}, or the corpus with ${option("preset")}.`,
    });
  }
  if (sides.length === 2)
    onNote?.(warning(say`${path}: its first pairs are addresses, not texts. Is it what you mean?`));
}

/** The columns, from 1, that hold neither addresses nor numbers, but words. */
function textColumns(pairs: readonly Pair[]): number[] {
  const rows = pairs.flatMap(({ row }) => (row ? [row.cells] : []));
  const width = Math.min(...rows.map((cells) => cells.length));
  return Array.from({ length: Number.isFinite(width) ? width : 0 }, (_, column) => column + 1).filter(
    (column) => {
      const cells = rows.map((row) => row[column - 1]);
      const words = cells.filter((cell) => /\s|[^\0-\x7f]/.test(cell.trim()) && !isAddress(cell));
      return 2 * words.length > cells.length;
    },
  );
}

const isAddress = (text: string) => ADDRESS.test(text.trim());

import { InputError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import { option, type Remark, say, warning } from "../../wording.js";
import { firstPairs, isAddress, textColumns } from "./text-columns.js";

/**
 * Looks whether the first pairs have addresses of pages in place of texts, where nobody has named the columns.
 *
 * @throws InputError where other columns of the rows hold texts
 */
export function noticeAddresses(batch: readonly Pair[], path: string, onNote?: (note: Remark) => void): void {
  const first = firstPairs(batch);
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

import type { Pair } from "../../types/bitexts.js";
import { option, type Remark, say, type Wording, warning } from "../../wording.js";
import { firstPairs, isLanguage, isNumber, textColumns, wordColumns } from "./text-columns.js";

/**
 * Tells if a side of the first pairs has numbers (ids, scores with a decimal comma) or codes of languages in place of
 * texts, where nobody has named the columns. Numbers on both sides alone are a bitext that begins with them,
 * and codes in rows of two columns short words.
 */
export function noticeNumbers(batch: readonly Pair[], path: string, onNote?: (note: Remark) => void): void {
  const first = firstPairs(batch);
  if (first.length === 0) return;
  const sidesOf = (isOfKind: (text: string) => boolean) =>
    (["source", "target"] as const).filter((side) => first.every((pair) => isOfKind(pair[side])));
  const hasTexts = textColumns(first).length > 0;
  const isWide = first.every(({ row }) => row && row.cells.length > 2);
  const numbers = sidesOf(isNumber);
  const codes = hasTexts && isWide ? sidesOf(isLanguage) : [];
  const tell = (sides: readonly string[], what: string) =>
    onNote?.(
      warning(
        say`${path}: its first ${sides.map((side) => `${side}s`).join(" and ")} are ${what}, not texts. ${adviceFor(first)}`,
      ),
    );
  if (numbers.length === 1 || (numbers.length === 2 && hasTexts)) tell(numbers, "numbers");
  else if (codes.length > 0) tell(codes, "codes of languages");
}

function adviceFor(first: readonly Pair[]): Wording {
  const [{ row }] = first;
  if (!row) return "Is it what you mean?";
  const { source, target } = row.columns;
  const taken = `Columns ${source + 1} and ${target + 1} were taken for the texts;`;
  const found = [textColumns(first), wordColumns(first)].find(({ length }) => length === 2);
  return found
    ? say`${taken} if columns ${found.join(" and ")} hold them, pass ${option("columns", found)}.`
    : say`${taken} if others hold them, name these with ${option("columns")}.`;
}

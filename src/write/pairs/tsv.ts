import type { Pair } from "../../types/bitexts.js";
import { toField } from "../field.js";

/**
 * `score⇥source⇥target`, without a score where the pair has none, and with an empty one where none could be given (NaN).
 * A row that was read is written as it came, its score in its column or, where it has none, before the row. What was
 * added follows. Scores have six decimals; separators in a text become spaces.
 */
export function formatPairTsv({ score, source, target, row, added = {} }: Pair): string {
  const cells = row ? [...row.cells] : [source, target];
  const columns = row?.columns ?? { source: 0, target: 1 };
  cells[columns.source] = source;
  cells[columns.target] = target;
  if (columns.score === undefined) {
    if (score !== undefined) cells.unshift(formatScore(score));
  } else if (score !== readScore(cells[columns.score])) cells[columns.score] = formatScore(score);
  for (const value of Object.values(added)) cells.push(formatValue(value));
  return `${cells.map(toField).join("\t")}\n`;
}

/** What the reader took a cell for: a score that nobody changed keeps its digits. */
const readScore = (cell: string) => (cell.trim() === "" ? undefined : Number(cell));

const formatScore = (score = Number.NaN) => (Number.isNaN(score) ? "" : score.toFixed(6));

/** A number that is not whole has six decimals; one that is none is empty. */
function formatValue(value: string | number): string {
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? String(value) : formatScore(value);
}

import { readField } from "../../text/field.js";
import type { Pair } from "../../types/bitexts.js";
import { toField } from "../field.js";
import { formatNumber, formatScore } from "./format-number.js";
import { LeftOutFields } from "./left-out-fields.js";
import { nameOfCell, otherFields, otherProperties } from "./other-texts.js";

/**
 * `score⇥source⇥target`, with an empty score where the pair has none, or without that column. A row that was read is
 * written as it came, its score in its column or, where it has none, before the row. What was added follows. Scores have six
 * decimals, or all digits of the input; separators in a text become spaces.
 */
export function formatPairTsv(
  { score, inputScore, source, target, row }: Omit<Pair, "line" | "added">,
  hasScore = score !== undefined,
  added: readonly (string | number)[] = [],
): string {
  const cells = row ? [...row.cells] : [source, target];
  const columns = columnsOf(row);
  cells[columns.source] = source;
  cells[columns.target] = target;
  if (columns.score === undefined) {
    if (hasScore) cells.unshift(scoreCell(score, inputScore));
  } else if (score !== readScore(cells[columns.score])) cells[columns.score] = scoreCell(score, inputScore);
  for (const value of added) cells.push(formatValue(value));
  return formatRow(cells);
}

/**
 * Rows of pairs in their order, below the names of their columns: those of the first pair. What others have beside them,
 * be it a score, is left out and counted.
 *
 * @param header whether the names go first; by default where the pairs were read with names. If it is asked for, the
 *   other fields of JSON and the `x-` properties of TMX are columns, too
 */
export function pairsToTsv(header?: boolean): { format(pair: Pair): string; leftOut: LeftOutFields } {
  const leftOut = new LeftOutFields();
  let hasNames: boolean | undefined;
  let hasScore: boolean | undefined;
  let columns: readonly string[] | undefined;
  return {
    leftOut,
    format: (pair) => {
      hasNames ??= header ?? pair.row?.names !== undefined;
      const score = scoreBeside(pair);
      hasScore ??= score !== undefined;
      const isFirst = columns === undefined;
      const found = new Map<string, string | number>(header ? otherProperties(pair.tmx) : []);
      if (header) for (const [name, value] of otherFields(pair.record)) found.set(name, value);
      for (const [name, value] of Object.entries(pair.added ?? {})) found.set(name, value);
      columns ??= [...found.keys()];
      const added = columns.map((name) => found.get(name) ?? "");
      for (const name of columns) found.delete(name);
      const leavesScore = !hasScore && score !== undefined && !Number.isNaN(score);
      leftOut.add([...(leavesScore ? ["score"] : []), ...found.keys()]);
      const row = formatPairTsv(pair, hasScore, added);
      return isFirst && hasNames ? formatHeader(pair.row, hasScore, columns) + row : row;
    },
  };
}

/** A pair's score, if its row has no column for one; NaN for one that could not be given, `null` in JSON. */
function scoreBeside({ score, row, record }: Pair): number | undefined {
  if (row?.columns.score !== undefined) return undefined;
  if (score !== undefined || !record) return score;
  return readField(record.value, record.fields.score) === null ? Number.NaN : undefined;
}

/** The names of the columns in which `formatPairTsv` writes a pair: those that were read, and ours. */
function formatHeader(row: Pair["row"], hasScore: boolean, added: readonly string[]): string {
  const columns = columnsOf(row);
  const cells = row?.cells ?? ["source", "target"];
  const ours = new Map(Object.entries(columns).map(([what, column]) => [column, what]));
  const names = cells.map((_, column) => row?.names?.[column] ?? ours.get(column) ?? nameOfCell(row, column));
  if (columns.score === undefined && hasScore) names.unshift("score");
  return formatRow([...names, ...added]);
}

const columnsOf = (row: Pair["row"]): NonNullable<Pair["row"]>["columns"] =>
  row?.columns ?? { source: 0, target: 1 };

const formatRow = (cells: readonly string[]) => `${cells.map(toField).join("\t")}\n`;

/** What the reader took a cell for: a score that nobody changed keeps its digits. */
const readScore = (cell: string) => (cell.trim() === "" ? undefined : Number(cell));

const scoreCell = (score = Number.NaN, inputScore?: number) =>
  Number.isNaN(score) ? "" : formatScore(score, inputScore);

/** A number that is not whole has six decimals; one that is none is empty. */
function formatValue(value: string | number): string {
  if (typeof value === "string") return value;
  return Number.isNaN(value) ? "" : formatNumber(value);
}

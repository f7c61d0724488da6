import { jsonAt } from "../../text/json-text.js";
import type { Pair } from "../../types/bitexts.js";
import { formatNumber, formatScore } from "./format-number.js";
import { fromTmx } from "./property-names.js";

/**
 * What a pair carries beside its texts, as named texts for a format that has no fields of its own: the score, other
 * columns (`column3`) and fields, and what a job added.
 */
export function otherTexts({
  score,
  inputScore,
  row,
  record,
  added = {},
}: Pair): [name: string, text: string][] {
  const texts: [string, string][] = [];
  if (score !== undefined && !Number.isNaN(score))
    texts.push(["score", Number.isInteger(score) ? String(score) : formatScore(score, inputScore)]);
  for (const [name, cell] of otherCells(row)) texts.push([name, cell]);
  for (const [name, text] of otherFields(record)) texts.push([name, text]);
  for (const [name, value] of Object.entries(added))
    texts.push([name, typeof value === "number" ? formatNumber(value) : value]);
  return texts;
}

/** The cells of a row that hold neither text nor score, by their columns' names. */
export function otherCells(row: Pair["row"]): [name: string, cell: string][] {
  if (!row) return [];
  const known: (number | undefined)[] = Object.values(row.columns);
  return [...row.cells.entries()]
    .filter(([i]) => !known.includes(i))
    .map(([i, cell]) => [nameOfCell(row, i), cell]);
}

/** What a pair has names of its own for. */
const OURS = ["score", "source", "target", "tmx"];

/** The name that a row's header gives a column, or its number: where it has none, or one that would say something else. */
export function nameOfCell(row: Pair["row"], column: number): string {
  const name = row?.names?.[column]?.trim() ?? "";
  const isOwn =
    name !== "" && !OURS.includes(name) && row?.names?.findIndex((one) => one.trim() === name) === column;
  return isOwn ? name : `column${column + 1}`;
}

/** The fields of a record that hold neither text nor score; what is no text is as the line has it. */
export function otherFields(record: Pair["record"]): [name: string, text: string][] {
  if (!record) return [];
  const known = ["tmx", ...Object.values(record.fields).map((path) => path.split(".")[0])];
  return Object.entries(record.value)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => [name, typeof value === "string" ? value : jsonAt(record.text, [name], value)]);
}

/** A unit's `x-` properties but the score, by the names that columns have; texts of one name are joined by spaces. */
export function otherProperties(tmx: Pair["tmx"]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { attributes, text } of tmx?.unit.properties ?? []) {
    const { type = "" } = attributes;
    if (!type.startsWith("x-") || type === "x-score") continue;
    const own = fromTmx(type.slice("x-".length));
    const name = OURS.includes(own) ? type : own;
    const before = found.get(name);
    found.set(name, before === undefined ? text : `${before} ${text}`);
  }
  return found;
}

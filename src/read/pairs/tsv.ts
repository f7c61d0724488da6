import { type ErrorWording, InputError, OptionError } from "../../errors.js";
import type { Pair, PairRow } from "../../types/bitexts.js";
import { note, option, say } from "../../wording.js";
import { SKIP } from "../faults.js";
import type { ReadOptions } from "../input.js";
import type { Line } from "../lines.js";
import { COLUMN_PRESETS, type ColumnPreset, presetColumns } from "./column-presets.js";
import { columnsNamed, looksLikeHeader, type NamedColumns } from "./header.js";

export interface PairColumnOptions {
  /**
   * tsv: the columns of source and target, from 1, or their names in the header.
   * @default as the header or the first row shows: 2,3 if it has three columns and a number, or nothing, in the first; else 1,2
   */
  columns?: readonly [source: number | string, target: number | string];
  /**
   * tsv: the column of the score, from 1, or its name in the header.
   * @default as the header says; the first, where source and target are found to be 2,3; none with numbers in `columns`
   */
  scoreColumn?: number | string;
  /** tsv: whether the first row has the columns' names. @default whether it looks so */
  header?: "yes" | "no";
  /** tsv: the corpus whose columns it has. */
  preset?: ColumnPreset;
}

type Columns = PairRow["columns"];

/**
 * Reads rows of tab-separated columns, and keeps the other columns. There is no quoting: a quote is a character. An
 * empty line, or one of too few columns that are all empty, is a pair of empty texts; once the first row has shown how
 * many columns there are, it becomes a row of as many empty ones, so that it is written with them, too. A header is no
 * pair.
 *
 * @throws OptionError for columns that cannot be; the parser throws InputError for a row that lacks one, or whose score
 * is not a number, or a header that lacks a name
 */
export function parsePairRow(
  options: PairColumnOptions & Pick<ReadOptions, "onNote">,
  path: string,
): (row: Line) => Pair | undefined {
  checkColumns(options);
  const asked = options.columns;
  let columns: Columns | undefined;
  let header: readonly string[] | undefined;
  let width = 0;
  return ({ text, line }) => {
    const cells = text.split("\t");
    const isBlank = cells.every((cell) => cell === "");
    if (isBlank && width === 0) return { source: "", target: "", line };
    if (width === 0) {
      width = cells.length;
      if (isHeader(cells, options, path)) {
        header = cells;
        return undefined;
      }
    }
    columns ??= chooseColumns(cells, { header, options, path, line });
    while (isBlank && cells.length < width) cells.push("");
    const wanted = 1 + Math.max(columns.source, columns.target, columns.score ?? 0);
    if (cells.length < wanted) {
      const { problem, advice } = describeMissing(cells.length, wanted, asked);
      throw new InputError({ path, line }, problem, { advice });
    }
    const pair: Pair = {
      source: cells[columns.source],
      target: cells[columns.target],
      line,
      row: { cells, columns },
    };
    const score = columns.score === undefined ? "" : cells[columns.score].trim();
    if (score === "") return pair;
    pair.score = Number(score);
    if (Number.isFinite(pair.score)) return pair;
    const problem = `column ${columns.score! + 1} is "${score}"; expected a score.`;
    throw new InputError({ path, line }, problem, {
      advice: say`Name the right columns with ${option("columns")} and ${option("scoreColumn")}, or pass ${SKIP}.`,
    });
  };
}

interface Choice {
  header: readonly string[] | undefined;
  options: PairColumnOptions;
  path: string;
  line: number;
}

/** What is asked for, then what the header names, then what the first row looks like. */
function chooseColumns(cells: readonly string[], { header, options, path, line }: Choice): Columns {
  const { columns, scoreColumn, preset } = options;
  const named: NamedColumns = header ? columnsNamed(header) : {};
  const at = (column: number | string): number =>
    typeof column === "number" ? column - 1 : findName(column, header ?? [], path);
  const asked = scoreColumn === undefined ? undefined : at(scoreColumn);
  if (columns) {
    const byName = columns.some((column) => typeof column === "string");
    return {
      source: at(columns[0]),
      target: at(columns[1]),
      score: asked ?? (byName ? named.score : undefined),
    };
  }
  const { source, target } = named;
  if (preset) {
    const known = presetColumns(preset, cells.length, { path, line });
    return { ...known, score: asked ?? named.score ?? known.score };
  }
  if (source !== undefined && target !== undefined) return { source, target, score: asked ?? named.score };
  return guessColumns(cells, asked ?? named.score);
}

function guessColumns(cells: readonly string[], score?: number): Columns {
  if (score !== undefined) {
    const [source, target] = [0, 1, 2].filter((column) => column !== score);
    return { source, target, score };
  }
  const scored = cells.length >= 3 && Number.isFinite(Number(cells[0]));
  return scored ? { source: 1, target: 2, score: 0 } : { source: 0, target: 1 };
}

function isHeader(
  cells: readonly string[],
  { header, columns, scoreColumn, onNote }: PairColumnOptions & Pick<ReadOptions, "onNote">,
  path: string,
): boolean {
  if (header !== undefined) return header === "yes";
  if ([...(columns ?? []), scoreColumn].some((column) => typeof column === "string")) return true;
  const found = looksLikeHeader(cells);
  const quoted = cells.join(", ");
  if (found === true)
    onNote?.(
      note(
        say`${path}: the first row is read as a header (${quoted}). Pass ${option("header", "no")} if it is a pair.`,
      ),
    );
  if (found === "maybe")
    onNote?.(
      note(
        say`${path}: the first row (${quoted}) may be a header, but is read as a pair. Pass ${option("header", "yes")} if it is one.`,
      ),
    );
  return found === true;
}

function findName(name: string, header: readonly string[], path: string): number {
  const column = header.findIndex((cell) => cell.trim() === name);
  if (column >= 0) return column;
  throw new OptionError(say`${path} has no column "${name}"; its header names ${header.join(", ")}.`, {
    advice: say`Name those of its header with ${option("columns")} and ${option("scoreColumn")}.`,
  });
}

function checkColumns({ columns, scoreColumn, header, preset }: PairColumnOptions): void {
  const all = [...(columns ?? []), ...(scoreColumn === undefined ? [] : [scoreColumn])];
  const sound = all.every(
    (column) => typeof column === "string" || (Number.isInteger(column) && column >= 1),
  );
  if (!sound || new Set(all).size < all.length || (columns && columns.length !== 2))
    throw new OptionError(
      say`${option("columns")} and ${option("scoreColumn")} are ${all.join(", ")}; expected different columns for source, target and score, counted from 1 or named as in the header.`,
    );
  if (header === "no" && all.some((column) => typeof column === "string"))
    throw new OptionError(
      say`${option("columns")} and ${option("scoreColumn")} are ${all.join(", ")}, but without a header no column has a name.`,
      { advice: "Give their numbers, from 1." },
    );
  if (preset === undefined) return;
  if (!COLUMN_PRESETS.includes(preset))
    throw new OptionError(
      say`${option("preset")} is "${preset}"; expected one of ${COLUMN_PRESETS.join(", ")}.`,
    );
  if (columns)
    throw new OptionError(say`${option("preset")} and ${option("columns")} both say which columns to read.`, {
      advice: "Leave one of them out.",
    });
}

function describeMissing(found: number, wanted: number, asked: unknown): ErrorWording {
  const count = found === 1 ? "1 column" : `${found} columns`;
  if (asked)
    return {
      problem: `has ${count}, but column ${wanted} was asked for.`,
      advice: say`Name the right columns with ${option("columns")}, or pass ${SKIP}.`,
    };
  const expected = wanted === 2 ? "source⇥target" : "score⇥source⇥target, as in the first row";
  return {
    problem: `has ${count}; expected ${expected}.`,
    advice: say`Name the columns with ${option("columns")}, or the right ${option("format")}, or pass ${SKIP}.`,
  };
}

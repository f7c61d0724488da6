import { type ErrorWording, InputError } from "../../errors.js";
import type { Pair, PairRow } from "../../types/bitexts.js";
import { note, option, say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import type { ReadOptions } from "../input.js";
import type { Line } from "../lines.js";
import { parseEach } from "../parse-each.js";
import { refuseOtherKind } from "../refuse-other-kinds.js";
import { chooseColumns } from "./choose-columns.js";
import { checkColumns, type PairColumnOptions } from "./column-options.js";
import { noticeHeader } from "./notice-header.js";

/** The cells of a row; `line` is where it begins. */
export interface Row {
  cells: readonly string[];
  line: number;
}

/** How rows become pairs; `path` is what messages call the input. */
type RowOptions = PairColumnOptions & Pick<ReadOptions, "onNote"> & { path: string };

/** The rows of TSV. There is no quoting: a quote is a character. */
export async function* splitTsv(lines: AsyncIterable<Line[]>): AsyncGenerator<Row[]> {
  for await (const group of lines) yield group.map(({ text, line }) => ({ cells: text.split("\t"), line }));
}

/**
 * Reads rows of columns, and keeps the other columns. An empty row, or one of too few columns that are all empty, is a
 * pair of empty texts; once the first row has shown how many columns there are, it becomes a row of as many empty ones,
 * so that it is written with them, too. A header is no pair, nor is one that comes again, as in files that were
 * concatenated: these are told at the end. A row that lacks a column, or whose score is not a number, is reported, and a first
 * one that begins another kind of file.
 *
 * @throws OptionError for columns that cannot be, or a header that lacks a name
 */
export async function* parsePairRows(
  rows: AsyncIterable<Row[]>,
  options: RowOptions,
  report: Report,
): AsyncGenerator<Pair[]> {
  let repeated = 0;
  const parse = parsePairRow(options, () => repeated++);
  yield* parseEach(rows, parse, report);
  if (repeated === 0) return;
  const what = repeated === 1 ? "1 row that repeats" : `${repeated} rows that repeat`;
  options.onNote?.(note(`${options.path}: left out ${what} its header.`));
}

function parsePairRow(options: RowOptions, onHeaderAgain: () => void): (row: Row) => Pair | undefined {
  checkColumns(options);
  const { path } = options;
  const asked = options.columns;
  let columns: PairRow["columns"] | undefined;
  let header: readonly string[] | undefined;
  let width = 0;
  return ({ cells: found, line }) => {
    const isBlank = found.every((cell) => cell === "");
    if (isBlank && width === 0) return { source: "", target: "", line };
    if (width === 0) {
      width = found.length;
      if (width === 1) refuseOtherKind(found[0], { path, line }, "source⇥target");
      if (noticeHeader(found, options, path)) {
        header = found;
        return undefined;
      }
    }
    if (found.length === header?.length && found.every((cell, column) => cell === header![column])) {
      onHeaderAgain();
      return undefined;
    }
    columns ??= chooseColumns(found, { header, options, path, line });
    const cells = isBlank && found.length < width ? Array<string>(width).fill("") : found;
    const wanted = 1 + Math.max(columns.source, columns.target, columns.score ?? 0);
    if (cells.length < wanted) {
      const { problem, advice } = describeMissing(cells.length, wanted, asked);
      throw new InputError({ path, line }, problem, { advice });
    }
    const pair: Pair = {
      source: cells[columns.source],
      target: cells[columns.target],
      line,
      row: header ? { cells, columns, names: header } : { cells, columns },
    };
    const score = columns.score === undefined ? "" : cells[columns.score].trim();
    if (score === "") return pair;
    pair.score = pair.inputScore = Number(score);
    if (Number.isFinite(pair.score)) return pair;
    const problem = `column ${columns.score! + 1} is "${score}"; expected a score.`;
    throw new InputError({ path, line }, problem, {
      advice: say`Name the right columns with ${option("columns")} and ${option("scoreColumn")}, or pass ${SKIP}.`,
    });
  };
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

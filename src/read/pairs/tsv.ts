import { type ErrorWording, InputError, OptionError } from "../../errors.js";
import type { Pair, PairRow } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { SKIP } from "../faults.js";
import type { Line } from "../lines.js";

export interface PairColumnOptions {
  /**
   * tsv: the columns of source and target, from 1.
   * @default as the first row shows: 2,3 if it has three columns and a number, or nothing, in the first; else 1,2
   */
  columns?: readonly [source: number, target: number];
  /**
   * tsv: the column of the score, from 1.
   * @default the first, where source and target are found to be 2,3; none with `columns`
   */
  scoreColumn?: number;
}

/**
 * Reads rows of tab-separated columns, and keeps the other columns. There is no quoting: a quote is a character. An
 * empty line, or one of too few columns that are all empty, is a pair of empty texts; once the first row has shown how
 * many columns there are, it becomes a row of as many empty ones, so that it is written with them, too.
 *
 * @throws OptionError for columns that cannot be; the parser throws InputError for a row that lacks one, or whose score
 * is not a number
 */
export function parsePairRow(options: PairColumnOptions, path: string): (row: Line) => Pair {
  const asked = checkColumns(options);
  let columns: PairRow["columns"] | undefined = asked;
  let width = 0;
  return ({ text, line }) => {
    const cells = text.split("\t");
    const isBlank = cells.every((cell) => cell === "");
    if (isBlank && width === 0) return { source: "", target: "", line };
    columns ??= guessColumns(cells, options.scoreColumn);
    width ||= cells.length;
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

function guessColumns(cells: readonly string[], scoreColumn?: number): PairRow["columns"] {
  if (scoreColumn !== undefined) {
    const [source, target] = [0, 1, 2].filter((column) => column !== scoreColumn - 1);
    return { source, target, score: scoreColumn - 1 };
  }
  const scored = cells.length >= 3 && Number.isFinite(Number(cells[0]));
  return scored ? { source: 1, target: 2, score: 0 } : { source: 0, target: 1 };
}

function checkColumns({ columns, scoreColumn }: PairColumnOptions): PairRow["columns"] | undefined {
  const all = [...(columns ?? []), ...(scoreColumn === undefined ? [] : [scoreColumn])];
  const sound = all.every((column) => Number.isInteger(column) && column >= 1);
  if (!sound || new Set(all).size < all.length || (columns && columns.length !== 2))
    throw new OptionError(
      say`${option("columns")} and ${option("scoreColumn")} are ${all.join(", ")}; expected different columns for source, target and score, counted from 1.`,
    );
  if (!columns) return undefined;
  const [source, target] = columns;
  return { source: source - 1, target: target - 1, score: scoreColumn && scoreColumn - 1 };
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

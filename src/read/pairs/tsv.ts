import { InputError, OptionError } from "../../errors.js";
import type { Pair, PairRow } from "../../types.js";
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
 * Reads rows of tab-separated columns, of which all others are kept. There is no quoting: a quote is a character. An
 * empty line, or one of tabs alone that are too few, is a pair of empty texts; once the first row has shown how many
 * columns there are, it is a row of as many empty ones, so that what is written of it has them, too.
 *
 * @throws OptionError for columns that cannot be; the parser throws InputError for a row that lacks one, or whose score
 * is no number
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
    if (cells.length < wanted)
      throw new InputError({ path, line }, describeMissing(cells.length, wanted, asked));
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
    const problem = `column ${columns.score! + 1} is "${score}" where a score is expected; name the right columns with --columns and --score-column, or pass --on-error skip`;
    throw new InputError({ path, line }, problem);
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
      `Columns ${all.join(", ")} cannot be; expected different ones for source, target and score, from 1.`,
    );
  if (!columns) return undefined;
  const [source, target] = columns;
  return { source: source - 1, target: target - 1, score: scoreColumn && scoreColumn - 1 };
}

function describeMissing(found: number, wanted: number, asked: unknown): string {
  const count = found === 1 ? "1 column" : `${found} columns`;
  if (asked)
    return `has ${count}, column ${wanted} asked for; name the right ones with --columns, or pass --on-error skip`;
  const expected = wanted === 2 ? "source⇥target" : "score⇥source⇥target, as in the first row,";
  return `has ${count}, ${expected} expected; name the columns with --columns, the right --format, or pass --on-error skip`;
}

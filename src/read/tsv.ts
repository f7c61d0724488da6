import { checkWhole } from "../check-values.js";
import { InputError, OptionError } from "../errors.js";
import type { Sentence } from "../types/texts.js";
import { option, say } from "../wording.js";
import { SKIP } from "./faults.js";
import type { ReadOptions } from "./input.js";
import type { Line } from "./lines.js";

/**
 * Reads rows of tab-separated columns. There is no quoting: a quote is a character. An empty line is a blank sentence.
 *
 * @throws OptionError if a column is not a whole number from 1; the parser throws InputError for a row that lacks one
 */
export function parseTsv(options: ReadOptions, path: string): (row: Line) => Sentence {
  const { column = 1, idColumn } = options;
  checkWhole({ column, idColumn });
  const fields = options.fields?.map(fieldColumn);
  return ({ text, line }) => {
    if (text === "") return { text, line };
    const cells = text.split("\t");
    const wanted = Math.max(column, idColumn ?? 1);
    if (cells.length < wanted) {
      const found = cells.length === 1 ? "1 column" : `${cells.length} columns`;
      const problem = `has ${found}, but column ${wanted} was asked for.`;
      throw new InputError({ path, line }, problem, {
        advice: say`Name the right one with ${option("column")}, or pass ${SKIP}.`,
      });
    }
    const sentence: Sentence = { text: cells[column - 1], line };
    if (idColumn !== undefined) sentence.id = cells[idColumn - 1];
    if (fields) sentence.fields = fields.map((field) => cells[field - 1] ?? "");
    return sentence;
  };
}

function fieldColumn(name: string): number {
  if (/^[1-9]\d*$/.test(name)) return Number(name);
  throw new OptionError(`"${name}" is not a field of tsv; expected the number of a column, from 1.`);
}

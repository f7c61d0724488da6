import { InputError } from "../errors.js";
import { jsonAt } from "../text/json-text.js";
import type { Sentence } from "../types.js";
import type { ReadOptions } from "./input.js";
import type { Line } from "./lines.js";
import { type Fault, readRecord, type Written } from "./record.js";

/**
 * Reads JSON Lines; a blank line holds nothing.
 *
 * @throws the parser throws InputError for a line that is not JSON or lacks a field
 */
export function parseJsonl(options: ReadOptions, path: string): (row: Line) => Sentence | undefined {
  return (row) => {
    const value = parseJsonLine(row, path);
    if (value === undefined) return undefined;
    return readRecord(value, row.line, options, faultAt(row, path), writtenIn(row));
  };
}

/**
 * The value on a line; undefined on a blank one.
 *
 * @throws InputError if it is not JSON
 */
export function parseJsonLine({ text, line }: Line, path: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as SyntaxError).message;
    throw faultAt({ line }, path)(
      `is not JSON (${reason}); mend it, name the right --format, or pass --on-error skip`,
      error,
    );
  }
}

/** Looks numbers up in the line. */
export function writtenIn({ text }: Line): Written {
  return (path, value) => jsonAt(text, path.split("."), value);
}

/** Makes the errors of what is wrong with this line. */
export function faultAt({ line }: Pick<Line, "line">, path: string): Fault {
  return (problem, cause) => new InputError({ path, line }, problem, { cause });
}

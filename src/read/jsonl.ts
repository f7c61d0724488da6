import { InputError } from "../errors.js";
import { jsonAt } from "../text/json-text.js";
import type { Sentence } from "../types/texts.js";
import { option, say, type Wording } from "../wording.js";
import { SKIP } from "./faults.js";
import type { ReadOptions } from "./input.js";
import type { Line } from "./lines.js";
import { type JsonRecord, readRecord } from "./record.js";

/**
 * Reads JSON Lines; a blank line holds nothing.
 *
 * @throws the parser throws InputError for a line that is not JSON or lacks a field
 */
export function parseJsonl(options: ReadOptions, path: string): (row: Line) => Sentence | undefined {
  return (row) => {
    const record = recordOn(row, path);
    return record && readRecord(record, options);
  };
}

/** The first line of an object that is written over several, up to an array in it. */
const OPEN_OBJECT = /^\s*\{\s*("[^"]*"\s*:\s*[[{]\s*)?$/;

/**
 * What a line holds; undefined where it is blank.
 *
 * @param advice what to do about a line that is not JSON
 * @throws InputError if it is not JSON
 */
export function recordOn(
  { text, line }: Line,
  path: string,
  advice: Wording = say`Correct it, name the right ${option("format")}, or pass ${SKIP}.`,
): JsonRecord | undefined {
  if (text.trim() === "") return undefined;
  const fault: JsonRecord["fault"] = (problem, details) => new InputError({ path, line }, problem, details);
  try {
    const value = JSON.parse(text);
    return { value, line, fault, written: (field, value) => jsonAt(text, field.split("."), value) };
  } catch (error) {
    if (OPEN_OBJECT.test(text))
      throw fault("begins an object of several lines; expected a whole one on each line.", {
        advice: say`Write its records as an array, alone in a file, and pass ${option("format", "json")}.`,
        cause: error,
      });
    const reason = (error as SyntaxError).message;
    throw fault(`is not JSON (${reason}).`, { advice, cause: error });
  }
}

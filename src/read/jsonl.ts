import { InputError } from "../errors.js";
import type { Sentence } from "../types.js";
import type { ReadOptions } from "./input.js";
import type { Line } from "./lines.js";
import { readRecord } from "./record.js";

/**
 * Reads JSON Lines; a blank line holds nothing.
 *
 * @throws the parser throws InputError for a line that is not JSON or lacks a field
 */
export function parseJsonl(options: ReadOptions, path: string): (row: Line) => Sentence | undefined {
  return ({ text, line }) => {
    if (text.trim() === "") return undefined;
    const fault = (problem: string, cause?: unknown) => new InputError({ path, line }, problem, { cause });
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const reason = (error as SyntaxError).message;
      throw fault(
        `is not JSON (${reason}); mend it, name the right --format, or pass --on-error skip`,
        error,
      );
    }
    return readRecord(value, line, options, fault);
  };
}

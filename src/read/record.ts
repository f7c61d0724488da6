import type { ErrorDetails, InputError } from "../errors.js";
import { describeValue, readField } from "../text/field.js";
import type { Sentence } from "../types/texts.js";
import { option, say } from "../wording.js";
import { SKIP } from "./faults.js";
import type { ReadOptions } from "./input.js";

/** Makes the error of what is wrong with a value, with its place. */
export type Fault = (problem: string, details?: ErrorDetails) => InputError;

/** Gives the value at a path as it stands in the document: of a number all its digits. */
export type Written = (path: string, value: unknown) => string;

/** A value of JSON that an input holds. */
export interface JsonRecord {
  value: unknown;
  /** Its line, or its number in an array. */
  line: number;
  fault: Fault;
  written: Written;
  /** What is at a path in place of a text, where the value does not show it: it may be base64, or null. */
  noText?: (path: string) => string | undefined;
}

/**
 * The sentence in a value of JSON: an object with a text field, or a bare string.
 *
 * @throws what its `fault` makes, if the text, or an identifier asked for by name, is missing or of another type
 */
export function readRecord(
  record: JsonRecord,
  { field = "text", idField, fields }: Pick<ReadOptions, "field" | "idField" | "fields">,
): Sentence {
  const { value, line, noText } = record;
  const text = typeof value === "string" ? value : readField(value, field);
  if (typeof text !== "string" || noText?.(field))
    throw mismatch(record, "field", { path: field, expected: "a text" });
  const sentence: Sentence = { text, line };
  if (fields) sentence.fields = fields.map((path) => textAt(record, path));
  const found = readField(value, idField ?? "id");
  if (isIdentifier(found)) sentence.id = textAt(record, idField ?? "id");
  else if (idField !== undefined)
    throw mismatch(record, "idField", { path: idField, expected: "an identifier" });
  return sentence;
}

export const isIdentifier = (value: unknown): value is string | number | bigint =>
  ["string", "number", "bigint"].includes(typeof value);

/** What is at a path as a text; nothing where nothing is. */
export function textAt({ value, written }: JsonRecord, path: string): string {
  const found = readField(value, path);
  if (found === undefined || found === null) return "";
  return typeof found === "string" ? found : written(path, found);
}

/** What is wrong at a path. No other path helps where there are no fields. */
function mismatch(
  { value, fault, noText }: JsonRecord,
  name: "field" | "idField",
  { path, expected }: { path: string; expected: string },
): InputError {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return fault(`is ${describeValue(value)}; expected an object with ${expected} in field "${path}".`, {
      advice: say`Write each sentence as such an object, or pass ${SKIP}.`,
    });
  if (Array.isArray(readField(value, "blocks")))
    return fault(`is a page of several sentences; expected ${expected} in field "${path}".`, {
      advice: say`Pages are aligned by crisscross align --pages auto. To have sentences, run extract without ${option("unit", "page")}.`,
    });
  const found = noText?.(path) ?? describeValue(readField(value, path));
  return fault(`field "${path}" is ${found}; expected ${expected}.`, {
    advice: say`Name the right one with ${option(name)}, or pass ${SKIP}.`,
  });
}

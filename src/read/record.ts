import type { InputError } from "../errors.js";
import type { Sentence } from "../types.js";
import { describeValue, readField } from "./field.js";
import type { ReadOptions } from "./input.js";

/** Makes the error of what is wrong with a value, with its place. */
export type Fault = (problem: string, cause?: unknown) => InputError;

/**
 * The sentence in a value of JSON: an object with a text field, or a bare string.
 *
 * @throws what `fault` makes, if the text, or an identifier asked for by name, is missing or of another type
 */
export function readRecord(
  value: unknown,
  line: number,
  { field = "text", idField, fields }: Pick<ReadOptions, "field" | "idField" | "fields">,
  fault: Fault,
): Sentence {
  const text = typeof value === "string" ? value : readField(value, field);
  if (typeof text !== "string") {
    throw fault(
      `${describeMismatch(value, field, "a text")}; name the right one with --field, or pass --on-error skip`,
    );
  }
  const sentence: Sentence = { text, line };
  if (fields) sentence.fields = fields.map((path) => asField(readField(value, path)));
  const found = readField(value, idField ?? "id");
  const id = asIdentifier(found);
  if (id !== undefined) sentence.id = id;
  if (id !== undefined || idField === undefined) return sentence;
  if (typeof found === "number") {
    throw fault(
      `the identifier in field "${idField}" is too large a number to be read exactly; make it a string`,
    );
  }
  throw fault(`${describeMismatch(value, idField, "an identifier")}; write one, or pass --on-error skip`);
}

/** Whole numbers that JSON.parse would have rounded are none: two of them could become the same. */
function asIdentifier(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
}

function asField(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function describeMismatch(value: unknown, field: string, expected: string): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `${describeValue(value)} where an object with ${expected} in field "${field}" is expected`;
  }
  return `field "${field}" is ${describeValue(readField(value, field))} where ${expected} is expected`;
}

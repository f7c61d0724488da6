import type { TextDocument } from "../../types.js";
import { readField } from "../field.js";
import { type Fault, readRecord } from "../record.js";
import type { DocumentOptions } from "./document-options.js";
import { PRESET_FIELDS } from "./presets.js";
import { splitLines } from "./split-text.js";

/**
 * The document in a value of JSON, each line of its text a block.
 *
 * @param offset its line, or its number in an array
 * @throws what `fault` makes, if the text, or a field asked for by name, is missing or of another type
 */
export function readJsonDocument(
  value: unknown,
  offset: number,
  options: DocumentOptions,
  fault: Fault,
): TextDocument {
  const { preset, field, urlField, idField } = options;
  const published = preset && PRESET_FIELDS[preset];
  const record = readRecord(value, offset, { field: field ?? published?.text, idField }, fault);
  const id = idField === undefined && published ? firstText(value, published.id) : record.id;
  const url = firstText(value, urlField === undefined ? (published?.url ?? ["url"]) : [urlField]);
  if (url === undefined && urlField !== undefined) {
    throw fault(`field "${urlField}" holds no address; name the right one, or pass --on-error skip`);
  }
  return { blocks: splitLines(record.text), offset, url, id: id?.replace(/^<(?:urn:uuid:)?(.*)>$/s, "$1") };
}

function firstText(value: unknown, fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const found = readField(value, field);
    if (typeof found === "string") return found;
    if (Number.isSafeInteger(found)) return String(found);
  }
  return undefined;
}

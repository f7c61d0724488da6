import { readField } from "../../text/field.js";
import type { TextDocument } from "../../types.js";
import { type Fault, isIdentifier, readRecord, textAt, type Written } from "../record.js";
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
  written: Written,
): TextDocument {
  const { preset, field, urlField, idField } = options;
  const published = preset && PRESET_FIELDS[preset];
  const record = readRecord(value, offset, { field: field ?? published?.text, idField }, fault, written);
  const id = idField === undefined && published ? firstText(value, published.id, written) : record.id;
  const url = firstText(value, urlField === undefined ? (published?.url ?? ["url"]) : [urlField], written);
  if (url === undefined && urlField !== undefined) {
    throw fault(`field "${urlField}" holds no address; name the right one, or pass --on-error skip`);
  }
  return { blocks: splitLines(record.text), offset, url, id: id?.replace(/^<(?:urn:uuid:)?(.*)>$/s, "$1") };
}

function firstText(value: unknown, fields: readonly string[], written: Written): string | undefined {
  const field = fields.find((path) => isIdentifier(readField(value, path)));
  return field === undefined ? undefined : textAt(value, field, written);
}

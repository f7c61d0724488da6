import { readField } from "../../text/field.js";
import type { TextDocument } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { SKIP } from "../faults.js";
import { isIdentifier, type JsonRecord, readRecord, textAt } from "../record.js";
import type { DocumentOptions } from "./document-options.js";
import { PRESET_FIELDS } from "./presets.js";
import { splitLines } from "./split-text.js";

/**
 * The document in a value of JSON, each line of its text a block.
 *
 * @throws what its `fault` makes, if the text, or a field asked for by name, is missing or of another type
 */
export function readJsonDocument(record: JsonRecord, options: DocumentOptions): TextDocument {
  const { preset, field, urlField, idField } = options;
  const published = preset && PRESET_FIELDS[preset];
  const sentence = readRecord(record, { field: field ?? published?.text, idField });
  const id = idField === undefined && published ? firstText(record, published.id) : sentence.id;
  const url = firstText(record, urlField === undefined ? (published?.url ?? ["url"]) : [urlField]);
  if (url === undefined && urlField !== undefined) {
    throw record.fault(`field "${urlField}" holds no address.`, {
      advice: say`Name the right one with ${option("urlField")}, or pass ${SKIP}.`,
    });
  }
  const offset = sentence.line;
  return { blocks: splitLines(sentence.text), offset, url, id: id?.replace(/^<(?:urn:uuid:)?(.*)>$/s, "$1") };
}

function firstText(record: JsonRecord, fields: readonly string[]): string | undefined {
  const field = fields.find((path) => isIdentifier(readField(record.value, path)));
  return field === undefined ? undefined : textAt(record, field);
}

import { InputError } from "../../errors.js";
import type { TextDocument } from "../../types.js";
import type { Report } from "../faults.js";
import { faultIn, readElements, writeValue } from "../json-array.js";
import { faultAt, parseJsonLine, writtenIn } from "../jsonl.js";
import { readLines } from "../lines.js";
import type { DocumentCounts } from "./document-counts.js";
import type { DocumentOptions } from "./document-options.js";
import { readJsonDocument } from "./read-json-document.js";

/** Reads the document in one line or element; undefined where there is nothing. */
type ReadOne<T> = (item: T) => TextDocument | undefined;

/** The documents of JSON Lines. */
export function readJsonLines(
  chunks: AsyncIterable<Buffer>,
  path: string,
  options: DocumentOptions,
  report: Report,
  counts: DocumentCounts,
): AsyncGenerator<TextDocument> {
  const readLine: ReadOne<{ text: string; line: number }> = (row) => {
    const value = parseJsonLine(row, path);
    if (value === undefined) return undefined;
    return readJsonDocument(value, row.line, options, faultAt(row, path), writtenIn(row));
  };
  return readEach(readLines(chunks, path, report), readLine, report, counts);
}

/** The documents of one big JSON array. */
export function readJsonArray(
  chunks: AsyncIterable<Buffer>,
  path: string,
  options: DocumentOptions,
  report: Report,
  counts: DocumentCounts,
): AsyncGenerator<TextDocument> {
  const readElement: ReadOne<{ value: unknown; line: number }> = (element) =>
    readJsonDocument(element.value, element.line, options, faultIn(element, path), writeValue);
  return readEach(readElements(chunks, path), readElement, report, counts);
}

async function* readEach<T>(
  groups: AsyncIterable<T[]>,
  read: ReadOne<T>,
  report: Report,
  counts: DocumentCounts,
): AsyncGenerator<TextDocument> {
  for await (const group of groups) {
    for (const item of group) {
      const document = readOr(item, read, report);
      if (document === "nothing") continue;
      counts.read++;
      if (!document) continue;
      if (document.blocks.length === 0) {
        counts.leftOut.empty++;
        continue;
      }
      counts.kept++;
      yield document;
    }
  }
}

/** The document, "nothing" where there is none, or undefined where it cannot be read. */
function readOr<T>(item: T, read: ReadOne<T>, report: Report): TextDocument | "nothing" | undefined {
  try {
    return read(item) ?? "nothing";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report(error);
    return undefined;
  }
}

import { InputError } from "../../errors.js";
import type { TextDocument } from "../../types/texts.js";
import type { Report } from "../faults.js";
import { type Element, readElements, recordIn } from "../json-array.js";
import { recordOn } from "../jsonl.js";
import { type Line, readLines } from "../lines.js";
import type { JsonRecord } from "../record.js";
import type { Reporter } from "./document-counts.js";
import type { DocumentOptions } from "./document-options.js";
import { readJsonDocument } from "./read-json-document.js";

/** Reads the document in one line or element; undefined where there is nothing. */
type ReadOne<T> = (item: T) => TextDocument | undefined;

/** The documents of JSON Lines. */
export function readJsonLines(
  chunks: AsyncIterable<Buffer>,
  path: string,
  options: DocumentOptions,
  reporter: Reporter,
): AsyncGenerator<TextDocument> {
  const readLine: ReadOne<Line> = (row) => {
    const record = recordOn(row, path);
    return record && readJsonDocument(record, options);
  };
  return readEach(readLines(chunks, path, reporter.report), readLine, reporter);
}

/** The documents of one big JSON array. */
export function readJsonArray(
  chunks: AsyncIterable<Buffer>,
  path: string,
  options: DocumentOptions,
  reporter: Reporter,
): AsyncGenerator<TextDocument> {
  const readElement: ReadOne<Element> = (element) => readJsonDocument(recordIn(element, path), options);
  return readEach(readElements(chunks, path), readElement, reporter);
}

/** The documents of rows of Parquet. */
export function readParquetDocuments(
  rows: AsyncIterable<JsonRecord[]>,
  options: DocumentOptions,
  reporter: Reporter,
): AsyncGenerator<TextDocument> {
  return readEach(rows, (row) => readJsonDocument(row, options), reporter);
}

async function* readEach<T>(
  groups: AsyncIterable<T[]>,
  read: ReadOne<T>,
  { counts, report }: Reporter,
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

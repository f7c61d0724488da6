import { Readable } from "node:stream";
import { InputError, OptionError } from "../../errors.js";
import type { TextDocument } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import { decompress } from "../decompress.js";
import { BrokenInput, type Report, reportFaults } from "../faults.js";
import type { Input } from "../input.js";
import { readLines } from "../lines.js";
import { readMembers } from "../members/read-members.js";
import { Window } from "../members/window.js";
import { openBytes } from "../open.js";
import { refuseOtherKinds } from "../refuse-other-kinds.js";
import { findWhole } from "../whole-files.js";
import { type DocumentCounts, noDocuments, type Reporter } from "./document-counts.js";
import { DOCUMENT_FORMATS, type DocumentFormat, recogniseFormat } from "./document-format.js";
import type { DocumentOptions } from "./document-options.js";
import { PRESET_FIELDS, PRESETS } from "./presets.js";
import { readJsonArray, readJsonLines, readParquetDocuments } from "./read-json-documents.js";
import { readTextDocuments } from "./read-text-documents.js";

/** From so much of a file its format is recognised. */
const START_BYTES = 4096;
const START_CHARACTERS = 64;

/**
 * Reads the documents of an input one by one: pages of a web dump, records of a published corpus, paragraphs of a text.
 * Costs the memory of one record, which is at most 16 MiB packed and as much again unpacked.
 *
 * @throws InputError for the first record that cannot be read; with `onError: "skip"` it is reported and the reading
 * goes on where it can. OptionError for an option that cannot be; the signal's reason once it aborts
 */
export async function* readDocuments(
  input: Input,
  options: DocumentOptions = {},
): AsyncGenerator<TextDocument> {
  checkOptions(options);
  const { counts = noDocuments(), signal } = options;
  const reporter = { counts, report: countFaults(reportFaults(options), counts) };
  const file = typeof input === "string" ? input : undefined;
  const name = options.name ?? file ?? "standard input";
  const window = new Window(openBytes(input, name, signal));
  try {
    // Published corpora come as JSON lines or as Parquet, whatever a preset says.
    const isParquet = options.format === undefined && (await findWhole(input)) === "parquet";
    const format = isParquet ? "parquet" : (chosenFormat(options) ?? (await guessFormat(window, name, file)));
    const documents =
      format === "parquet"
        ? await openParquetDocuments(input, name, options, reporter)
        : await openDocuments(format, { bytes: window.rest(), name, file }, options, reporter);
    for await (const document of documents) {
      signal?.throwIfAborted();
      yield document;
    }
  } catch (error) {
    if (options.onError !== "skip" || !(error instanceof InputError)) throw error;
    reporter.report(error);
  } finally {
    await window.close();
  }
}

function checkOptions({ format, preset }: DocumentOptions): void {
  if (format !== undefined && !DOCUMENT_FORMATS.includes(format)) {
    throw new OptionError(
      say`${option("format")} is "${format}"; expected one of ${DOCUMENT_FORMATS.join(", ")}.`,
    );
  }
  if (preset !== undefined && !PRESETS.includes(preset)) {
    throw new OptionError(say`${option("preset")} is "${preset}"; expected one of ${PRESETS.join(", ")}.`);
  }
}

function countFaults(report: Report, counts: DocumentCounts): Report {
  return (error) => {
    if (!error.isOfTheSystem) counts.broken++;
    report(error);
  };
}

function chosenFormat({ format, preset }: DocumentOptions): DocumentFormat | undefined {
  return format ?? (preset && PRESET_FIELDS[preset].format);
}

async function guessFormat(window: Window, name: string, file?: string): Promise<DocumentFormat> {
  await window.hold(START_BYTES);
  return recogniseFormat(await decompressStart(window.bytes, name, file), file ?? "");
}

/** The first characters of what `bytes`, cut off anywhere, decompress to. */
async function decompressStart(bytes: Buffer, name: string, file?: string): Promise<string> {
  let start = "";
  try {
    for await (const part of decompress(Readable.from([bytes]), name, file)) {
      start += part.toString("latin1", 0, START_CHARACTERS);
      if (start.length >= START_CHARACTERS) break;
    }
  } catch (error) {
    if (!(error instanceof BrokenInput)) throw error;
  }
  return start.replace(/^\xef\xbb\xbf/, "");
}

async function openParquetDocuments(
  input: Input,
  path: string,
  options: DocumentOptions,
  reporter: Reporter,
): Promise<AsyncGenerator<TextDocument>> {
  const { readParquet } = await import("../parquet/read-rows.js");
  const rows = readParquet(input, { path, signal: options.signal }, reporter.report);
  return readParquetDocuments(rows, options, reporter);
}

/** An input as it came, perhaps compressed. */
interface Packed {
  bytes: AsyncIterable<Buffer>;
  /** What messages call it. */
  name: string;
  /** Its path, if it has one. */
  file?: string;
}

async function openDocuments(
  format: Exclude<DocumentFormat, "parquet">,
  { bytes, name, file }: Packed,
  options: DocumentOptions,
  reporter: Reporter,
): Promise<AsyncGenerator<TextDocument>> {
  if (format === "warc") {
    // What HTML and its character sets need takes longer to load than a short file to read.
    const { readWebDocuments } = await import("./read-web-documents.js");
    return readWebDocuments(readMembers(bytes, name, file), name, reporter);
  }
  const chunks = decompress(bytes, name, file);
  switch (format) {
    case "jsonl":
      return readJsonLines(chunks, name, options, reporter);
    case "json":
      return readJsonArray(chunks, name, options, reporter);
    case "text":
      return readTextDocuments(
        readLines(refuseOtherKinds(chunks, name), name, reporter.report),
        reporter.counts,
      );
  }
}

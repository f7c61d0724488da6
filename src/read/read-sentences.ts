import { refuseUnknown } from "../check-options.js";
import { OptionError } from "../errors.js";
import type { Sentence } from "../types/texts.js";
import { option, say } from "../wording.js";
import { parseBucc } from "./bucc.js";
import { type Report, reportFaults } from "./faults.js";
import { fillBatches } from "./fill-batches.js";
import { FORMATS, guessFormat } from "./format.js";
import { holdLines } from "./hold-lines.js";
import type { Input, ReadOptions, SettledReading, TextSource } from "./input.js";
import { READ_OPTIONS } from "./input.js";
import { readLines } from "./lines.js";
import { noteIdentifiers } from "./note-identifiers.js";
import { noteLineBreaks } from "./note-line-breaks.js";
import { openInput } from "./open.js";
import { openText } from "./open-text.js";
import { parseEach } from "./parse-each.js";
import { refuseOtherKinds } from "./refuse-other-kinds.js";
import { type ItemSource, readItems } from "./text-items.js";
import { parseTsv } from "./tsv.js";

/**
 * Reads a text sentence by sentence. Bytes are decompressed, decoded and taken apart as their format asks; sentences
 * that a program has go through as they are. Gives batches of 1,024
 * sentences, the last one shorter, which do not depend on how the text arrives. Blank lines are sentences, save in
 * JSON Lines; an empty input gives nothing. Costs the memory of a batch.
 *
 * @throws InputError for the first thing that cannot be read (the first that cannot be skipped, with `onError: "skip"`);
 * OptionError for an unknown format, a column that cannot be, or what is no text; the signal's reason once it aborts;
 * what a source of the caller's throws
 */
export function readSentences(source: TextSource, options: ReadOptions = {}): AsyncGenerator<Sentence[]> {
  holdLines(source);
  return readText(source, options);
}

async function* readText(source: TextSource, options: ReadOptions): AsyncGenerator<Sentence[]> {
  refuseUnknown("readSentences", options, READ_OPTIONS);
  const opened = await openText(source, options.name ?? "the text", options);
  if (opened.kind === "bytes") yield* readInput(opened.input, options, nameOf(source, options));
  else yield* readMemory(opened.items, options);
}

const nameOf = (source: TextSource, { name }: ReadOptions) =>
  name ?? (typeof source === "string" ? source : "standard input");

async function* readMemory(items: ItemSource, options: ReadOptions): AsyncGenerator<Sentence[]> {
  const report = reportFaults(options);
  const named = { ...options, name: options.name ?? "the text" };
  let isFirst = true;
  for await (const batch of fillBatches(readItems(items, named, report), report)) {
    options.signal?.throwIfAborted();
    if (isFirst) noteLineBreaks(batch, named);
    isFirst = false;
    yield batch;
  }
}

async function* readInput(input: Input, options: ReadOptions, name: string): AsyncGenerator<Sentence[]> {
  const path = typeof input === "string" ? input : "";
  const settled = { ...options, name, format: options.format ?? guessFormat(path) };
  const report = reportFaults(options);
  let isFirst = true;
  for await (const batch of fillBatches(await readSentencesOf(input, settled, report), report)) {
    options.signal?.throwIfAborted();
    if (isFirst) noteIdentifiers(batch, settled);
    isFirst = false;
    yield batch;
  }
}

/** The sentences in the order of the input, as many at a time as happen to be ready. */
async function readSentencesOf(
  input: Input,
  options: SettledReading,
  report: Report,
): Promise<AsyncIterable<Sentence[]>> {
  const { format, name, signal, onNote } = options;
  const chunks = openInput(input, name, signal);
  const lines = readLines(format === "text" ? refuseOtherKinds(chunks, name) : chunks, name, report, onNote);
  switch (format) {
    case "text":
      return lines;
    case "tsv":
      return parseEach(lines, parseTsv(options, name), report);
    case "bucc":
      return parseEach(lines, parseBucc(name), report);
    case "jsonl": {
      const { parseJsonl } = await import("./jsonl.js");
      return parseEach(lines, parseJsonl(options, name), report);
    }
    case "json": {
      const { parseElement, readElements } = await import("./json-array.js");
      return parseEach(readElements(chunks, name), parseElement(options, name), report);
    }
    case "parquet": {
      const { readParquet } = await import("./parquet/read-rows.js");
      const { readRecord } = await import("./record.js");
      const { field = "text", idField = "id", fields = [] } = options;
      const looked = { path: name, fields: [field, idField, ...fields], onNote: options.onNote, signal };
      const rows = readParquet(input, looked, report);
      return parseEach(rows, (row) => readRecord(row, options), report);
    }
    default:
      throw new OptionError(say`${option("format")} is "${format}"; expected one of ${FORMATS.join(", ")}.`);
  }
}

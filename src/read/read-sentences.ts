import { refuseUnknown } from "../check-options.js";
import { OptionError } from "../errors.js";
import type { Sentence } from "../types/texts.js";
import { option, say } from "../wording.js";
import { parseBucc } from "./bucc.js";
import { type Report, reportFaults } from "./faults.js";
import { fillBatches } from "./fill-batches.js";
import { FORMATS, guessFormat } from "./format.js";
import type { Input, ReadOptions, SettledReading } from "./input.js";
import { READ_OPTIONS } from "./input.js";
import { readLines } from "./lines.js";
import { noteIdentifiers } from "./note-identifiers.js";
import { openInput } from "./open.js";
import { parseEach } from "./parse-each.js";
import { parseTsv } from "./tsv.js";

/**
 * Reads an input sentence by sentence: decompressed, decoded and taken apart as its format asks. Gives batches of 1,024
 * sentences, the last one shorter, which do not depend on how the bytes arrive. Blank lines are sentences, save in
 * JSON Lines; an empty input gives nothing. Costs the memory of a batch.
 *
 * @throws InputError for the first thing that cannot be read (the first that cannot be skipped, with `onError: "skip"`);
 * OptionError for an unknown format or a column that cannot be; the signal's reason once it aborts
 */
export async function* readSentences(input: Input, options: ReadOptions = {}): AsyncGenerator<Sentence[]> {
  refuseUnknown("readSentences", options, READ_OPTIONS);
  const path = typeof input === "string" ? input : undefined;
  const name = options.name ?? path ?? "standard input";
  const settled = { ...options, name, format: options.format ?? guessFormat(path ?? "") };
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
  const { format, name, signal } = options;
  const chunks = openInput(input, name, signal);
  const lines = readLines(chunks, name, report);
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
      const rows = readParquet(input, { path: name, signal }, report);
      return parseEach(rows, (row) => readRecord(row, options), report);
    }
    default:
      throw new OptionError(say`${option("format")} is "${format}"; expected one of ${FORMATS.join(", ")}.`);
  }
}

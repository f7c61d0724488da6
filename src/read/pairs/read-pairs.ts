import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import type { BitextFormat, Pair } from "../../types/bitexts.js";
import { type Report, reportFaults } from "../faults.js";
import { fillBatches } from "../fill-batches.js";
import type { Input, ReadOptions } from "../input.js";
import { readLines } from "../lines.js";
import { parseEach } from "../parse-each.js";
import type { ReadUnitsOptions } from "../units/units-options.js";
import type { ReadXcesOptions } from "../xces/read-xces.js";
import { checkFormatOptions } from "./check-format-options.js";
import type { PairColumnOptions } from "./column-options.js";
import type { PairFieldOptions } from "./field-options.js";
import { joinLines } from "./moses.js";
import { noticeAddresses } from "./notice-addresses.js";
import { openBitext } from "./open-bitext.js";
import { inputsOf, type PairInput } from "./pair-input.js";
import { parsePairRow, splitTsv } from "./rows.js";

export type { PairInput } from "./pair-input.js";

/** How a bitext is read. */
export interface ReadPairsOptions
  extends PairColumnOptions,
    PairFieldOptions,
    ReadUnitsOptions,
    ReadXcesOptions,
    Pick<ReadOptions, "onError" | "onSkip" | "onNote" | "signal"> {
  /**
   * How pairs stand in the input.
   * @default moses for two inputs, or a zip file of them; else by the first bytes, and where they tell nothing by the suffix before any .gz, .xz,
   * .zst or .bz2: .csv, .jsonl or .ndjson, .json, .tmx, .xlf or .xliff, .parquet; else tsv
   */
  format?: BitextFormat;
  /** What messages call the input, or each of two. @default its path, or "standard input" for a stream */
  name?: string | readonly [source: string, target: string];
}

/** The names of `ReadPairsOptions`. */
export const READ_PAIRS_OPTIONS: OptionNames<ReadPairsOptions> = {
  format: true,
  name: true,
  columns: true,
  scoreColumn: true,
  header: true,
  preset: true,
  fields: true,
  scoreField: true,
  languages: true,
  codes: true,
  scoreProperty: true,
  onLeftOut: true,
  onNote: true,
  onError: true,
  onSkip: true,
  signal: true,
};

/**
 * Reads a bitext pair by pair. Gives batches of 1,024 pairs, the last one shorter, which do not depend on how the bytes
 * arrive. An empty line is a pair of empty texts, so that pairs and lines keep the same count. Costs the memory of a
 * batch.
 *
 * @throws InputError for the first thing that cannot be read (the first that cannot be skipped, with `onError: "skip"`);
 * OptionError for a format that does not fit the inputs, an option of another format, or a column that cannot be; the
 * signal's reason once it aborts
 */
export async function* readPairs(
  input: PairInput,
  options: ReadPairsOptions = {},
): AsyncGenerator<Pair[], void, undefined> {
  refuseUnknown("readPairs", options, READ_PAIRS_OPTIONS);
  const report = reportFaults(options);
  let isFirst = true;
  for await (const batch of fillBatches(await readPairsOf(input, options, report), report)) {
    options.signal?.throwIfAborted();
    if (isFirst && !options.columns && !options.preset)
      noticeAddresses(batch, nameOf(inputsOf(input)[0], options, 0), options.onNote);
    isFirst = false;
    yield batch;
  }
}

async function readPairsOf(
  input: PairInput,
  options: ReadPairsOptions,
  report: Report,
): Promise<AsyncIterable<Pair[]>> {
  const given = inputsOf(input).map((one, i) => nameOf(one, options, i));
  const { format, names, chunks, close } = await openBitext(input, given, options);
  try {
    checkFormatOptions(options, format, given[0]);
    const [own, other] = chunks;
    const [path] = names;
    if (format === "parquet") {
      const { readParquet } = await import("../parquet/read-rows.js");
      const { parsePairRecord } = await import("./pair-record.js");
      const settled = { ...options, path };
      return parseEach(readParquet(inputsOf(input)[0], settled, report), parsePairRecord(settled), report);
    }
    if (format === "xces") {
      const { readXces } = await import("../xces/read-xces.js");
      return readXces(inputsOf(input)[0], own, { ...options, path }, report);
    }
    if (other === undefined) return await readOne(format, own, { ...options, path }, report);
    const sides = [
      { name: names[0], lines: readLines(own, names[0], report) },
      { name: names[1], lines: readLines(other, names[1], report) },
    ] as const;
    return withEnd(joinLines(...sides), close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function* withEnd<T>(items: AsyncIterable<T>, end: () => Promise<void>): AsyncGenerator<T> {
  try {
    yield* items;
  } finally {
    await end();
  }
}

/** A bitext that is read as one file. */
async function readOne(
  format: BitextFormat,
  chunks: AsyncIterable<Buffer>,
  options: ReadPairsOptions & { path: string },
  report: Report,
): Promise<AsyncIterable<Pair[]>> {
  const { path } = options;
  const lines = readLines(chunks, path, report);
  switch (format) {
    case "csv": {
      const { readCsv } = await import("./csv.js");
      return parseEach(readCsv(lines, options, report), parsePairRow(options, path), report);
    }
    case "jsonl": {
      const { parsePairLine } = await import("./jsonl.js");
      return parseEach(lines, parsePairLine(options), report);
    }
    case "json": {
      const { readElements } = await import("../json-array.js");
      const { parsePairElement } = await import("./json.js");
      return parseEach(readElements(chunks, path), parsePairElement(options), report);
    }
    case "tmx": {
      const { readTmx } = await import("../tmx/read-tmx.js");
      return readTmx(chunks, options, report);
    }
    case "xliff": {
      const { readXliff } = await import("../xliff/read-xliff.js");
      return readXliff(chunks, options, report);
    }
    default: {
      const parse = parsePairRow(options, path);
      return parseEach(lines, (line) => parse(splitTsv(line)), report);
    }
  }
}

/** What messages call an input, or one of two. */
export function nameOf(input: Input, { name }: ReadPairsOptions, side: number): string {
  const given = typeof name === "string" ? name : name?.[side];
  return given ?? (typeof input === "string" ? input : "standard input");
}

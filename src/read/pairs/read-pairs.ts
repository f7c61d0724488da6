import { OptionError } from "../../errors.js";
import { BITEXT_FORMATS, type BitextFormat, type Pair } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { type Report, reportFaults } from "../faults.js";
import { fillBatches } from "../fill-batches.js";
import type { Input, ReadOptions } from "../input.js";
import { readLines } from "../lines.js";
import { openInput } from "../open.js";
import { parseEach } from "../parse-each.js";
import type { ReadTmxOptions } from "../tmx/read-tmx.js";
import { checkFormatOptions } from "./check-format-options.js";
import { guessBitextFormat } from "./guess-format.js";
import type { PairFieldOptions } from "./jsonl.js";
import { joinLines } from "./moses.js";
import { noticeAddresses } from "./notice-addresses.js";
import { inputsOf, isTwo, type PairInput } from "./pair-input.js";
import { type PairColumnOptions, parsePairRow } from "./tsv.js";

export type { PairInput } from "./pair-input.js";

/** How a bitext is read. */
export interface ReadPairsOptions
  extends PairColumnOptions,
    PairFieldOptions,
    ReadTmxOptions,
    Pick<ReadOptions, "onError" | "onSkip" | "onNote" | "signal"> {
  /**
   * How pairs stand in the input.
   * @default moses for two inputs; else by the suffix before any .gz, .xz, .zst or .bz2: .jsonl or .ndjson, .tmx; else tsv
   */
  format?: BitextFormat;
  /** What messages call the input, or each of two. @default its path, or "standard input" for a stream */
  name?: string | readonly [source: string, target: string];
}

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
  const inputs = inputsOf(input);
  const format = options.format ?? guessBitextFormat(input);
  if (!BITEXT_FORMATS.includes(format))
    throw new OptionError(
      say`${option("format")} is "${format}"; expected one of ${BITEXT_FORMATS.join(", ")}.`,
    );
  if (isTwo(input) !== (format === "moses"))
    throw new OptionError(
      isTwo(input)
        ? `Two files are given, but a bitext in format ${format} is one file.`
        : "One file is given, but a bitext in format moses is two: line n of one translates line n of the other.",
      { advice: isTwo(input) ? "Give one file." : "Give both files." },
    );
  const names = inputs.map((one, i) => nameOf(one, options, i));
  checkFormatOptions(options, format, names[0]);
  const [chunks, otherChunks] = inputs.map((one, i) => openInput(one, names[i], options.signal));
  const [name, otherName] = names;
  switch (format) {
    case "tsv":
      return parseEach(readLines(chunks, name, report), parsePairRow(options, name), report);
    case "jsonl": {
      const { parsePairRecord } = await import("./jsonl.js");
      return parseEach(readLines(chunks, name, report), parsePairRecord(options, name), report);
    }
    case "tmx": {
      const { readTmx } = await import("../tmx/read-tmx.js");
      return readTmx(chunks, name, options, report);
    }
    case "moses":
      return joinLines(
        { name, lines: readLines(chunks, name, report) },
        { name: otherName, lines: readLines(otherChunks, otherName, report) },
      );
  }
}

/** What messages call an input, or one of two. */
export function nameOf(input: Input, { name }: ReadPairsOptions, side: number): string {
  const given = typeof name === "string" ? name : name?.[side];
  return given ?? (typeof input === "string" ? input : "standard input");
}

import type { BitextFormat, Pair } from "../../types/bitexts.js";
import type { Report } from "../faults.js";
import { readLines } from "../lines.js";
import { parseEach } from "../parse-each.js";
import { KINDS_OF_TWO, refuseOtherKinds } from "../refuse-other-kinds.js";
import { checkFormatOptions } from "./check-format-options.js";
import { joinLines } from "./moses.js";
import { openBitext } from "./open-bitext.js";
import { inputsOf, type PairInput } from "./pair-input.js";
import { nameOf, type ReadPairsOptions } from "./pairs-options.js";
import { parsePairRows, splitTsv } from "./rows.js";

/** The pairs of a bitext in whatever format, as many at a time as happen to be ready. */
export async function readPairsOf(
  input: PairInput,
  options: ReadPairsOptions,
  report: Report,
): Promise<AsyncIterable<Pair[]>> {
  const { onNote, signal } = options;
  const given = inputsOf(input).map((one, i) => nameOf(one, options, i));
  const { format, names, chunks, close } = await openBitext(input, given, options);
  try {
    checkFormatOptions(options, format, given[0]);
    const [own, other] = chunks;
    const [path] = names;
    if (format === "parquet") {
      const { readParquet } = await import("../parquet/read-rows.js");
      const { parsePairRecord } = await import("./pair-record.js");
      const rows = readParquet(inputsOf(input)[0], { path, onNote, signal }, report);
      return parseEach(rows, parsePairRecord({ ...options, path }), report);
    }
    if (format === "xces") {
      const { readXces } = await import("../xces/read-xces.js");
      return readXces(inputsOf(input)[0], own, { ...options, path }, report);
    }
    if (other === undefined) return await readOne(format, own, { ...options, path }, report);
    const side = (chunks: AsyncIterable<Buffer>, name: string) => ({
      name,
      lines: readLines(refuseOtherKinds(chunks, name, KINDS_OF_TWO), name, report, onNote),
    });
    return withEnd(joinLines(side(own, names[0]), side(other, names[1])), close);
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
  const lines = readLines(chunks, path, report, options.onNote);
  switch (format) {
    case "csv": {
      const { readCsv } = await import("./csv.js");
      return parsePairRows(readCsv(lines, options, report), options, report);
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
    default:
      return parsePairRows(splitTsv(lines), options, report);
  }
}

import { type OptionNames, refuseUnknown } from "../../check-options.js";
import type { TextPage } from "../../types/pages.js";
import { reportFaults } from "../faults.js";
import type { Input, ReadOptions } from "../input.js";
import { recordOn } from "../jsonl.js";
import { type Line, readLines } from "../lines.js";
import { openInput } from "../open.js";
import { parseEach } from "../parse-each.js";
import { PAGES_ADVICE, pageOfRecord } from "./page-of-record.js";

/** How pages are read. */
export interface ReadPagesOptions extends Pick<ReadOptions, "onError" | "onSkip" | "signal" | "name"> {}

/** The names of `ReadPagesOptions`. */
export const READ_PAGES_OPTIONS: OptionNames<ReadPagesOptions> = {
  onError: true,
  onSkip: true,
  signal: true,
  name: true,
};

/**
 * Reads pages as `extract --unit page` writes them, a line of JSON each, compressed or not. Memory: that of some lines, of at most 16 MiB each.
 *
 * @throws InputError for what cannot be read, or is no page
 */
export async function* readPages(
  input: Input,
  options: ReadPagesOptions = {},
): AsyncGenerator<TextPage[], void, undefined> {
  refuseUnknown("readPages", options, READ_PAGES_OPTIONS);
  const name = options.name ?? (typeof input === "string" ? input : "standard input");
  const report = reportFaults(options);
  const chunks = openInput(input, name, options.signal);
  const parse = (row: Line) => {
    const record = recordOn(row, name, PAGES_ADVICE);
    return record && pageOfRecord(record);
  };
  yield* parseEach(readLines(chunks, name, report), parse, report);
}

import { refuseUnknown } from "../../check-options.js";
import type { Pair } from "../../types/bitexts.js";
import { reportFaults } from "../faults.js";
import { fillBatches } from "../fill-batches.js";
import { countLeftOut } from "./count-left-out.js";
import { noticeAddresses } from "./notice-addresses.js";
import { noticeNumbers } from "./notice-numbers.js";
import { inputsOf, type PairInput } from "./pair-input.js";
import { nameOf, READ_PAIRS_OPTIONS, type ReadPairsOptions } from "./pairs-options.js";
import { readPairsOf } from "./read-formats.js";

export type { PairInput } from "./pair-input.js";
export { nameOf, READ_PAIRS_OPTIONS, type ReadPairsOptions } from "./pairs-options.js";

/**
 * Reads a bitext pair by pair. Gives batches of 1,024 pairs, the last one shorter, which do not depend on how the bytes
 * arrive. An empty line is a pair of empty texts, so that pairs and lines keep the same count. Costs the memory of a
 * batch.
 *
 * @throws InputError for the first thing that cannot be read (the first that cannot be skipped, with `onError: "skip"`);
 * OptionError for a format that does not fit the inputs, an option of another format, or a column that cannot be; the
 * signal's reason once it aborts
 */
export function readPairs(
  input: PairInput,
  options: ReadPairsOptions = {},
): AsyncGenerator<Pair[], void, undefined> {
  inputsOf(input);
  return readBatches(input, options);
}

async function* readBatches(
  input: PairInput,
  options: ReadPairsOptions,
): AsyncGenerator<Pair[], void, undefined> {
  refuseUnknown("readPairs", options, READ_PAIRS_OPTIONS);
  const report = reportFaults(options);
  const name = nameOf(inputsOf(input)[0], options, 0);
  const { counting, tell } = countLeftOut(options, name);
  const areNamed = [options.columns, options.fields, options.preset].some((named) => named !== undefined);
  let isFirst = true;
  for await (const batch of fillBatches(await readPairsOf(input, counting, report), report)) {
    options.signal?.throwIfAborted();
    if (isFirst && !areNamed) {
      noticeAddresses(batch, name, options.onNote);
      noticeNumbers(batch, name, options.onNote);
    }
    isFirst = false;
    yield batch;
  }
  tell();
}

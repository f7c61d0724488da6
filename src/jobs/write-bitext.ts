import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import type { JobListeners } from "../events.js";
import { givenPairs } from "../steps/bitexts/given-pairs.js";
import type { PairLike, PairSource } from "../types/bitexts.js";
import {
  OPEN_PAIRS_OPTIONS,
  type OpenPairsOptions,
  openPairs,
  type PairOutput,
} from "../write/pairs/open-pairs.js";

/** How pairs are written, and who hears of it. */
export interface WriteBitextOptions extends OpenPairsOptions, JobListeners {}

/** The names of `WriteBitextOptions`. */
export const WRITE_BITEXT_OPTIONS: OptionNames<WriteBitextOptions> = { ...OPEN_PAIRS_OPTIONS, onEvent: true };

/** What was written. */
export interface WriteBitextSummary {
  /** Pairs that were written. */
  pairs: number;
}

const BATCH_PAIRS = 1024;

/**
 * Writes pairs in memory as a bitext, as `convert` writes those that `readPairs` gives: with all that they carry from
 * where they were read, and their `fields`. Files appear whole under their names or not at all. Costs the memory of a batch.
 *
 * @throws OptionError, InputError, OutputError; what the source throws; the signal's reason when it aborts
 */
export async function writeBitext<P extends PairLike>(
  pairs: PairSource<P>,
  output: PairOutput,
  options: WriteBitextOptions = {},
): Promise<WriteBitextSummary> {
  refuseUnknown("writeBitext", options, WRITE_BITEXT_OPTIONS);
  const { onEvent, ...write } = options;
  await using sink = openPairs(output, { onNote: onEvent, ...write });
  let written = 0;
  for await (const batch of givenPairs(pairs, BATCH_PAIRS, options.signal)) {
    await sink.write(batch.map(({ pair }) => pair));
    written += batch.length;
    onEvent?.({ kind: "progress", stage: "write", done: written, unit: "pairs" });
  }
  await sink.finish();
  return { pairs: written };
}

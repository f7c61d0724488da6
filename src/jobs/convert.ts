import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import type { JobListeners } from "../events.js";
import { inputsOf } from "../read/pairs/pair-input.js";
import { type PairInput, type ReadPairsOptions, readPairs } from "../read/pairs/read-pairs.js";
import { noticeOrder } from "../steps/bitexts/notice-order.js";
import { settleWrite } from "../steps/bitexts/settle-write.js";
import { claimStats } from "../steps/bitexts/stats-file.js";
import { type OpenPairsOptions, openPairs, type PairOutput } from "../write/pairs/open-pairs.js";

/** How a bitext is read and written again. */
export interface ConvertOptions extends JobListeners {
  /** How pairs are read. */
  read?: Omit<ReadPairsOptions, "signal">;
  /** How pairs are written. */
  write?: Omit<OpenPairsOptions, "signal">;
}

/** The names of `ConvertOptions`. */
export const CONVERT_OPTIONS: OptionNames<ConvertOptions> = {
  read: true,
  write: true,
  signal: true,
  onEvent: true,
};

/** What a conversion read and wrote. */
export interface ConvertSummary {
  /** Pairs that were written. */
  pairs: number;
  /** Left out since they could not be read. */
  skipped: number;
  /** Units of TMX that lack one of the languages. */
  unitsWithoutBoth: number;
  /** Variants of TMX beyond the two that make a pair. */
  variantsLeft: number;
}

/**
 * Writes a bitext in another format, with all that its rows carry and the format can hold. What was counted is left
 * beside the output, as `OUTPUT.stats.json`. Streams; costs the memory of a batch.
 *
 * @throws OptionError, InputError, OutputError; the signal's reason when it aborts
 */
export async function convert(
  input: PairInput,
  output: PairOutput,
  options: ConvertOptions = {},
): Promise<ConvertSummary> {
  refuseUnknown("convert", options, CONVERT_OPTIONS);
  const { read, signal, onEvent } = options;
  const write = await settleWrite(input, output, options);
  const writeStats = await claimStats(output, inputsOf(input));
  const summary: ConvertSummary = { pairs: 0, skipped: 0, unitsWithoutBoth: 0, variantsLeft: 0 };
  const batches = readPairs(input, {
    onNote: onEvent,
    ...read,
    signal,
    onSkip: (error) => {
      summary.skipped++;
      onEvent?.({ kind: "skipped", error });
    },
    onLeftOut: (what) => {
      if (what === "unit") summary.unitsWithoutBoth++;
      else summary.variantsLeft++;
    },
  });
  await using sink = openPairs(output, { onNote: onEvent, ...write, signal });
  for await (const batch of noticeOrder(batches, write.languages, onEvent)) {
    await sink.write(batch);
    summary.pairs += batch.length;
    onEvent?.({ kind: "progress", stage: "convert", done: summary.pairs, unit: "pairs" });
  }
  await sink.finish();
  await writeStats(summary);
  return summary;
}

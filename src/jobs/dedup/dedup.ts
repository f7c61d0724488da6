import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { type JobListeners, type StageSeconds, timed } from "../../events.js";
import { inputsOf } from "../../read/pairs/pair-input.js";
import type { PairInput, ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import { noticeEmpty } from "../../steps/bitexts/notice-empty.js";
import { noticeOrder } from "../../steps/bitexts/notice-order.js";
import { changed, type RereadBitext, readTwice } from "../../steps/bitexts/read-twice.js";
import { settleWrite } from "../../steps/bitexts/settle-write.js";
import { claimStats } from "../../steps/bitexts/stats-file.js";
import { inTemporaryFolder } from "../../store/files/temporary-folder.js";
import type { Firsts } from "../../store/hashes/first-occurrences.js";
import { type OpenPairsOptions, openPairs, type PairOutput } from "../../write/pairs/open-pairs.js";
import { DEDUP_CHOICES, type DedupChoices, settleChoices } from "./choices.js";
import { comparePairs } from "./compare-pairs.js";

/** What counts as a duplicate, and how the bitext is read and written. */
export interface DedupOptions extends DedupChoices {
  /** How pairs are read. */
  read?: ReadPairsOptions;
  /** How pairs are written. */
  write?: Omit<OpenPairsOptions, "signal">;
}

/** The names of `DedupOptions`. */
export const DEDUP_OPTIONS: OptionNames<DedupOptions> = { ...DEDUP_CHOICES, read: true, write: true };

/** How many pairs came again. */
export interface DedupSummary {
  /** Pairs that were read. */
  pairs: number;
  /** Pairs that were written. */
  kept: number;
  /** Pairs left out since they had come before. */
  duplicates: number;
  /** Left out since they could not be read. */
  skipped: number;
  /** Time of each stage. */
  seconds: StageSeconds;
}

/**
 * Writes one of each pair that stands several times in a bitext, in its order: the first, unless `keep` asks for another. It is read twice; a stream is copied
 * first. Pairs are told apart by a 64-bit hash (XXH64): among a hundred million, two different ones are taken for the
 * same with a chance of 0.0003. Memory beside the budget: 12 bytes a pair where another than the first is kept.
 *
 * @throws OptionError, InputError, OutputError; the signal's reason when it aborts
 */
export async function dedupBitext(
  input: PairInput,
  output: PairOutput,
  options: DedupOptions = {},
): Promise<DedupSummary> {
  refuseUnknown("dedupBitext", options, DEDUP_OPTIONS);
  const { read = {}, signal } = options;
  const choices = settleChoices(options);
  const write = await settleWrite(input, output, options);
  const writeStats = await claimStats(output, inputsOf(input));
  const seconds: StageSeconds = {};
  const summary = await inTemporaryFolder(async (folder) => {
    const bitext = await timed(seconds, "copy", () =>
      readTwice(input, { onNote: options.onEvent, ...read, signal }, folder),
    );
    const compared = await timed(seconds, "compare", () => comparePairs(bitext, folder, choices));
    using firsts = compared.firsts;
    await using sink = openPairs(output, { onNote: options.onEvent, ...write, signal });
    await timed(seconds, "write", () =>
      writeFirsts(bitext, firsts, sink, { languages: write.languages, onEvent: options.onEvent }),
    );
    const { length: pairs, count: kept } = firsts;
    const { skipped } = compared;
    noticeEmpty(bitext.name, { pairs, skipped }, options.onEvent);
    return { pairs, kept, duplicates: pairs - kept, skipped, seconds };
  });
  await writeStats(summary);
  return summary;
}

async function writeFirsts(
  bitext: RereadBitext,
  firsts: Firsts,
  sink: ReturnType<typeof openPairs>,
  { languages, onEvent }: Pick<OpenPairsOptions, "languages"> & Pick<JobListeners, "onEvent">,
): Promise<void> {
  let position = 0;
  for await (const batch of noticeOrder(bitext.read(), languages, onEvent)) {
    const start = position;
    await sink.write(batch.filter((_, index) => firsts.has(start + index)));
    position += batch.length;
    onEvent?.({ kind: "progress", stage: "write", done: position, total: firsts.length, unit: "pairs" });
  }
  if (position !== firsts.length) throw changed(bitext.name, firsts.length, position);
  await sink.finish();
}

import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { changed } from "../../steps/bitexts/read-twice.js";
import { rereadPairs } from "../../steps/bitexts/reread-pairs.js";
import { makeTemporaryFolder } from "../../store/files/temporary-folder.js";
import type { PairLike, PairSource } from "../../types/bitexts.js";
import { DEDUP_CHOICES, type DedupChoices, settleChoices } from "./choices.js";
import { comparePairs } from "./compare-pairs.js";
import type { DedupSummary } from "./dedup.js";

/** What counts as a duplicate, and who hears of it. */
export interface DedupPairsOptions extends DedupChoices {
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: Omit<DedupSummary, "skipped" | "seconds">) => void;
}

/** The names of `DedupPairsOptions`. */
export const DEDUP_PAIRS_OPTIONS: OptionNames<DedupPairsOptions> = { ...DEDUP_CHOICES, onSummary: true };

/**
 * Gives one of each pair that comes several times, in their order, as `dedupBitext` does. Nothing starts before the first
 * is asked for, and that comes when all have been seen: they are gone through twice. An array's pairs are the very objects;
 * others lie in a temporary file meanwhile, and come out as `structuredClone` makes them.
 *
 * @throws OptionError, InputError, OutputError; what the source throws; the signal's reason when it aborts
 */
export async function* dedupPairs<P extends PairLike>(
  pairs: PairSource<P>,
  options: DedupPairsOptions = {},
): AsyncGenerator<P, void, undefined> {
  refuseUnknown("dedupPairs", options, DEDUP_PAIRS_OPTIONS);
  const choices = settleChoices(options);
  await using folder = await makeTemporaryFolder();
  const reread = await rereadPairs(pairs, folder.path, options.signal);
  using firsts = (await comparePairs(reread, folder.path, choices)).firsts;
  let position = 0;
  for await (const batch of reread.again())
    for (const { given } of batch) if (firsts.has(position++)) yield given;
  if (position !== firsts.length) throw changed(reread.name, firsts.length, position);
  const { length, count } = firsts;
  options.onSummary?.({ pairs: length, kept: count, duplicates: length - count });
}

import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import { type StageSeconds, timed } from "../../events.js";
import { judge } from "../../filter/chain.js";
import { describeRejection } from "../../filter/describe.js";
import { inputsOf } from "../../read/pairs/pair-input.js";
import { nameOf, type PairInput } from "../../read/pairs/read-pairs.js";
import { noticeEmpty } from "../../steps/bitexts/notice-empty.js";
import { settleWrite } from "../../steps/bitexts/settle-write.js";
import { claimStats } from "../../steps/bitexts/stats-file.js";
import type { Pair } from "../../types/bitexts.js";
import { type OpenPairsOptions, openPairs, type PairOutput } from "../../write/pairs/open-pairs.js";
import { FILTER_CHOICES, type FilterChoices, openFilter } from "./open-filter.js";

/** The rules, and where kept and rejected pairs go. */
export interface FilterOptions extends FilterChoices {
  /** Where rejected pairs go, with `reason` beside what they come with; the format is by its suffix. @default nowhere */
  rejected?: PairOutput;
  /** How kept pairs are written. */
  write?: Omit<OpenPairsOptions, "signal">;
}

/** The names of `FilterOptions`. */
export const FILTER_OPTIONS: OptionNames<FilterOptions> = { ...FILTER_CHOICES, rejected: true, write: true };

/** What a chain of rules did to a bitext. */
export interface FilterSummary {
  /** Pairs that were read. */
  pairs: number;
  /** Pairs that every rule kept. */
  kept: number;
  /** By rule, in the chain's order: what it rejected of the pairs that the rules before it had kept. */
  rejected: Record<string, number>;
  /** Left out since they could not be read. */
  skipped: number;
  /** Time of each stage. */
  seconds: StageSeconds;
}

/**
 * Filters a bitext: pairs that every rule keeps are written in their order, the others to `rejected` if it is given;
 * neither appears before both are whole. What was counted is left beside the output, as `OUTPUT.stats.json`. Streams;
 * costs the memory of a batch and what rules hold.
 *
 * @throws OptionError, InputError, OutputError; the signal's reason when it aborts
 */
export async function filterBitext(
  input: PairInput,
  output: PairOutput,
  options: FilterOptions = {},
): Promise<FilterSummary> {
  refuseUnknown("filterBitext", options, FILTER_OPTIONS);
  const { signal, read, languages, onEvent } = options;
  const write = await settleWrite(input, output, { read, write: { languages, ...options.write } });
  const writeRejected =
    options.rejected === undefined
      ? undefined
      : await settleWrite(input, options.rejected, { read, write: { languages: write.languages } });
  if (writeRejected?.format === "moses")
    throw new OptionError("Format moses has no place for a reason; expected one file for rejected pairs.");
  const writeStats = await claimStats(output, [...inputsOf(input), ...[options.rejected].flat()]);
  const seconds: StageSeconds = {};
  await using sink = openPairs(output, { onNote: onEvent, ...write, signal });
  await using rejects =
    options.rejected === undefined
      ? undefined
      : openPairs(options.rejected, {
          onNote: onEvent,
          ...writeRejected,
          header: writeRejected?.format === "tsv" ? write.header : undefined,
          signal,
        });
  await using filter = await timed(seconds, "open", () => openFilter(input, options));
  const rejected = Object.fromEntries(filter.chain.map(({ name }) => [name, 0]));
  let pairs = 0;
  let kept = 0;
  await timed(seconds, "filter", async () => {
    for await (const batch of filter.batches) {
      const rejections = await judge(filter.chain, batch);
      const left = batch.filter((_, index) => rejections[index] === undefined);
      for (const rejection of rejections) if (rejection) rejected[rejection.by.name]++;
      await sink.write(left);
      await rejects?.write(
        batch.flatMap((pair, index) => {
          const rejection = rejections[index];
          return rejection ? [withReason(pair, describeRejection(rejection))] : [];
        }),
      );
      pairs += batch.length;
      kept += left.length;
    }
    await rejects?.complete();
    await sink.finish();
    await rejects?.finish();
  });
  const summary = { pairs, kept, rejected, skipped: filter.skipped(), seconds };
  noticeEmpty(nameOf(inputsOf(input)[0], read ?? {}, 0), summary, options.onEvent);
  await writeStats(summary);
  return summary;
}

const withReason = (pair: Pair, reason: string): Pair => ({ ...pair, added: { ...pair.added, reason } });

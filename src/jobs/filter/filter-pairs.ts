import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { judge } from "../../filter/chain.js";
import { describeRejection } from "../../filter/describe.js";
import { givenPairs, PAIRS_NAME } from "../../steps/bitexts/given-pairs.js";
import type { PairLike, PairSource, SeenPair } from "../../types/bitexts.js";
import type { FilterSummary } from "./filter.js";
import type { FilterRule } from "./given-rules.js";
import { FILTER_CHOICES, type FilterChoices, openRules } from "./open-filter.js";

/** The rules, and who hears of what they do. */
export interface FilterPairsOptions<P extends PairLike = PairLike>
  extends Omit<FilterChoices, "read" | "rules"> {
  /** The rules themselves, in place of a configuration. @default as the configuration says */
  rules?: readonly FilterRule<SeenPair<P>>[];
  /** Called with each pair that is rejected, and why. */
  onRejected?: (pair: P, reason: string) => void;
  /** Called once with the counts, when the last pair has been given. */
  onSummary?: (summary: Omit<FilterSummary, "skipped" | "seconds">) => void;
}

const { read: _, ...CHOICES } = FILTER_CHOICES;

/** The names of `FilterPairsOptions`. */
export const FILTER_PAIRS_OPTIONS: OptionNames<FilterPairsOptions> = {
  ...CHOICES,
  onRejected: true,
  onSummary: true,
};

/** Pairs that are measured together, where a rule is faster so. */
const BATCH_PAIRS = 1024;

/**
 * Filters pairs in memory: gives those that every rule keeps, the very objects, in their order. Nothing starts before
 * the first is asked for. A pair is given as soon as it has come, unless a rule embeds texts: then 1,024 at a time.
 *
 * @throws OptionError, InputError; what the source throws; the signal's reason when it aborts
 */
export async function* filterPairs<P extends PairLike>(
  pairs: PairSource<P>,
  options: FilterPairsOptions<P> = {},
): AsyncGenerator<P, void, undefined> {
  refuseUnknown("filterPairs", options, FILTER_PAIRS_OPTIONS as OptionNames<FilterPairsOptions<P>>);
  const { onRejected, onSummary, onEvent, signal } = options;
  await using filter = await openRules(PAIRS_NAME, options as Omit<FilterChoices, "read">);
  const { chain } = filter;
  const rejected = Object.fromEntries(chain.map(({ name }) => [name, 0]));
  const size = chain.some(({ rule }) => rule.of === "pairs") ? BATCH_PAIRS : 1;
  let [seen, kept] = [0, 0];
  for await (const batch of givenPairs(pairs, size, signal)) {
    const rejections = await judge(
      chain,
      batch.map(({ pair }) => pair),
    );
    for (const [index, { given }] of batch.entries()) {
      seen++;
      const rejection = rejections[index];
      if (rejection) {
        rejected[rejection.by.name]++;
        onRejected?.(given, describeRejection(rejection));
        continue;
      }
      kept++;
      yield given;
    }
    if (seen % BATCH_PAIRS === 0) onEvent?.({ kind: "progress", stage: "filter", done: seen, unit: "pairs" });
  }
  onSummary?.({ pairs: seen, kept, rejected });
}

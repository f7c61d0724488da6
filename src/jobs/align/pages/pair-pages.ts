import { refuseUnknown } from "../../../check-options.js";
import {
  PAIR_PAGES_OPTIONS,
  type PagePair,
  type PageSource,
  type PairPagesOptions,
  settlePairing,
} from "./options.js";
import { withPages } from "./with-pages.js";

/**
 * Pairs the pages of two sides that translate each other, each with one other at most, in the order of the source. Pages
 * that may belong together, by their addresses or their vectors, are compared sentence by sentence; of those that fit, the
 * pairs of the largest margin are taken.
 *
 * Memory: some hundred bytes and an address for every page, 8 bytes a sentence, and what the pages being compared hold;
 * temporary files hold the others.
 *
 * @throws OptionError, InputError, ModelError, OutputError; the signal's reason when it aborts
 */
export async function* pairPages(
  source: PageSource,
  target: PageSource,
  options: PairPagesOptions = {},
): AsyncGenerator<PagePair, void, undefined> {
  refuseUnknown("pairPages", options, PAIR_PAGES_OPTIONS);
  const settled = settlePairing(options);
  yield* withPages(source, target, settled, async function* ({ sides, pairs, summary }) {
    for (const { source: x, target: y, score, margin, by } of pairs) {
      settled.signal?.throwIfAborted();
      yield { source: sides.source.pages.get(x), target: sides.target.pages.get(y), score, margin, by };
    }
    settled.onSummary?.(summary);
  });
}

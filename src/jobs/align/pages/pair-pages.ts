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
 * Memory: the text and a vector of every page, and the sentences' vectors of those being compared; a temporary file holds
 * the others.
 *
 * @throws OptionError, InputError, ModelError; the signal's reason when it aborts
 */
export async function* pairPages(
  source: PageSource,
  target: PageSource,
  options: PairPagesOptions = {},
): AsyncGenerator<PagePair, void, undefined> {
  refuseUnknown("pairPages", options, PAIR_PAGES_OPTIONS);
  const settled = settlePairing(options);
  yield* withPages(source, target, settled, async function* ({ sides, pairs }) {
    for (const { source: x, target: y, score, margin, by } of pairs) {
      settled.signal?.throwIfAborted();
      yield { source: sides.source.pages[x], target: sides.target.pages[y], score, margin, by };
    }
  });
}

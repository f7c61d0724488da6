import { Aligner } from "../../../align/aligner.js";
import { PAGE_MODEL } from "../../../align/costs.js";
import { refuseUnknown } from "../../../check-options.js";
import { InputError } from "../../../errors.js";
import { tellTruncated } from "../../../events.js";
import { LEAST_CENTRED } from "../../../steps/vectors/embed-blocks.js";
import type { AlignTextsOptions } from "../align-texts.js";
import { settleAlign } from "../options.js";
import { ALIGN_PAGES_OPTIONS, type AlignedPageSentences, type AlignPagesOptions } from "./align-options.js";
import { alignPair } from "./align-pair.js";
import { type PageSource, type PairPagesSummary, settlePairing } from "./options.js";
import { sentencesAlone } from "./page-sentences.js";
import { type OpenPages, withPages } from "./with-pages.js";

/** Of pages longer blocks tell nothing more, and take twice the time. */
const MAX_SENTENCES = 4;

/**
 * Pairs the pages of two sides as `pairPages` does, and aligns the sentences of each pair as `align` does, with what pages need:
 * paragraphs may stand in another order, and either page may have much that the other one lacks. Gives every sentence of
 * every page once, those of pages without a partner last; one without a translation stands alone.
 *
 * Memory: that of `pairPages`, and of `align` for the largest pair.
 *
 * @throws OptionError, InputError, ModelError; the signal's reason when it aborts
 */
export async function* alignPages(
  source: PageSource,
  target: PageSource,
  options: AlignPagesOptions = {},
): AsyncGenerator<AlignedPageSentences, void, undefined> {
  refuseUnknown("alignPages", options, ALIGN_PAGES_OPTIONS);
  const { maxSentences = MAX_SENTENCES, minScore, ...rest } = options;
  const choices = settleAlign({ maxSentences, minScore });
  const { signal, onEvent = () => {} } = options;
  const counts = {
    pairs: 0,
    oneToOne: 0,
    below: 0,
    sentences: { source: 0, target: 0 },
    alone: { source: 0, target: 0 },
  };
  const onSummary = (paired: PairPagesSummary) =>
    options.onSummary?.({ ...counts, encoder: paired.encoder, paired });
  for await (const aligned of withPages(source, target, settlePairing({ ...rest, onSummary }), alignAll)) {
    counts.sentences.source += aligned.sourcePlaces.length;
    counts.sentences.target += aligned.targetPlaces.length;
    if (aligned.target === "") counts.alone.source++;
    if (aligned.source === "") counts.alone.target++;
    yield aligned;
  }

  async function* alignAll(pages: OpenPages): AsyncGenerator<AlignedPageSentences, void, undefined> {
    refuseNothing(pages);
    await using aligner = await Aligner.open();
    let truncated = 0;
    const onTruncated = (count: number) => {
      truncated += count;
    };
    const costs = await pageCosts(pages);
    for (const [done, pair] of pages.pairs.entries()) {
      signal?.throwIfAborted();
      yield* await alignPair(pages, pair, { ...choices, ...costs, aligner, counts, signal, onTruncated });
      onEvent({
        kind: "progress",
        stage: "align pages",
        done: done + 1,
        total: pages.pairs.length,
        unit: "pairs",
      });
    }
    tellTruncated(truncated, "blocks of sentences", onEvent);
    yield* sentencesAlone(pages);
  }
}

/** @throws InputError if there is no sentence at all */
function refuseNothing({ sides: { source, target } }: OpenPages): void {
  if (source.texts.length + target.texts.length > 0) return;
  throw new InputError({ path: source.name }, `has no pages with sentences, and neither has ${target.name}.`);
}

/** What pages are aligned by: sentences of all pages tell what is random, where there are enough of them. */
async function pageCosts({
  sides,
  vectors,
}: OpenPages): Promise<Pick<AlignTextsOptions, "costs" | "random">> {
  const sentences = Math.min(sides.source.texts.length, sides.target.texts.length);
  if (!vectors || sentences < LEAST_CENTRED) return {};
  const [source, target] = [await vectors.source.draw(), await vectors.target.draw()];
  return { costs: PAGE_MODEL, random: { source: source.vectors, target: target.vectors } };
}

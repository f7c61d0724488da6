import { refuseUnknown } from "../../../check-options.js";
import { InputError } from "../../../errors.js";
import { noteOutcome } from "../../../steps/runs/run.js";
import { settleAlign } from "../options.js";
import { ALIGN_PAGES_OPTIONS, type AlignedPageSentences, type AlignPagesOptions } from "./align-options.js";
import { describePair } from "./align-pair.js";
import { alignPairs } from "./align-pairs.js";
import { alignmentsStage } from "./alignments-stage.js";
import type { PageSides } from "./embedded-pages.js";
import { type PageSource, settlePairing } from "./options.js";
import { OUTCOME } from "./outlines.js";
import { sentencesAlone } from "./page-sentences.js";
import { type OpenPages, withPages } from "./with-pages.js";

/** Of pages longer blocks tell nothing more, and take twice the time. */
const MAX_SENTENCES = 4;

/**
 * Pairs the pages of two sides as `pairPages` does, and aligns the sentences of each pair as `align` does, with what pages need:
 * paragraphs may stand in another order, and either page may have much that the other one lacks. Gives every sentence of
 * every page once, those of pages without a partner last; one without a translation stands alone. With a run
 * folder the first is given when all pairs are aligned; without one, each pair as soon as it is.
 *
 * Memory: that of `pairPages`, and of `align` for the largest pair.
 *
 * @throws OptionError, InputError, ModelError, OutputError; the signal's reason when it aborts
 */
export async function* alignPages(
  source: PageSource,
  target: PageSource,
  options: AlignPagesOptions = {},
): AsyncGenerator<AlignedPageSentences, void, undefined> {
  refuseUnknown("alignPages", options, ALIGN_PAGES_OPTIONS);
  const { maxSentences = MAX_SENTENCES, minScore, ...rest } = options;
  const choices = settleAlign({ maxSentences, minScore });
  const { signal, onEvent = () => {}, onSummary } = options;
  const settled = settlePairing({ ...rest, onSummary: undefined });
  const counts = {
    pairs: 0,
    oneToOne: 0,
    below: 0,
    sentences: { source: 0, target: 0 },
    alone: { source: 0, target: 0 },
  };
  yield* withPages(source, target, settled, async function* (pages) {
    refuseNothing(pages.sides);
    for await (const aligned of alignAll(pages)) {
      counts.sentences.source += aligned.sourcePlaces.length;
      counts.sentences.target += aligned.targetPlaces.length;
      if (aligned.target === "") counts.alone.source++;
      if (aligned.source === "") counts.alone.target++;
      yield aligned;
    }
    const summary = { ...counts, encoder: pages.summary.encoder, paired: pages.summary };
    const chosen = { minScore, minPageScore: options.minPageScore };
    if (options.run !== undefined) await noteOutcome(pages.run, OUTCOME, summary, { chosen, seconds: 0 });
    onSummary?.(summary);
  });

  async function* alignAll(pages: OpenPages): AsyncGenerator<AlignedPageSentences, void, undefined> {
    const { sides, pairs, embedded, run } = pages;
    const how = { maxSentences: choices.maxSentences, signal, onEvent };
    const alignments =
      options.run === undefined
        ? alignPairs(pairs, embedded, how)
        : (await run.keep(alignmentsStage(pairs, embedded, how)))();
    let number = 0;
    for await (const aligned of alignments) {
      signal?.throwIfAborted();
      yield* describePair(sides, pairs[number++], aligned, { minScore, counts });
    }
    yield* sentencesAlone(pages);
  }
}

/** @throws InputError if there is no sentence at all */
function refuseNothing({ source, target }: PageSides): void {
  if (source.texts.length + target.texts.length > 0) return;
  throw new InputError({ path: source.name }, `has no pages with sentences, and neither has ${target.name}.`);
}

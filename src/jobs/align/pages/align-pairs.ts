import { Aligner } from "../../../align/aligner.js";
import { PAGE_MODEL } from "../../../align/costs.js";
import { type JobEvent, tellTruncated } from "../../../events.js";
import { LEAST_CENTRED } from "../../../steps/vectors/embed-blocks.js";
import type { AlignTextsOptions } from "../align-texts.js";
import { alignPair, type PairAlignment } from "./align-pair.js";
import type { EmbeddedPages } from "./embedded-pages.js";
import type { FoundPair } from "./find-pairs.js";

export interface AlignPairsOptions extends Pick<AlignTextsOptions, "maxSentences" | "signal"> {
  /** The pair to begin with, from 0. @default 0 */
  first?: number;
  onEvent: (event: JobEvent) => void;
}

/** Aligns the sentences of each pair of pages, one after the other. */
export async function* alignPairs(
  pairs: readonly FoundPair[],
  embedded: EmbeddedPages,
  { first = 0, maxSentences, signal, onEvent }: AlignPairsOptions,
): AsyncGenerator<PairAlignment, void, undefined> {
  if (first >= pairs.length) return;
  await using aligner = await Aligner.open();
  let truncated = 0;
  const onTruncated = (count: number) => {
    truncated += count;
  };
  const costs = await pageCosts(embedded);
  const options = { ...costs, aligner, maxSentences, signal, onTruncated };
  for (let number = first; number < pairs.length; number++) {
    signal?.throwIfAborted();
    yield await alignPair(embedded, pairs[number], options);
    onEvent({
      kind: "progress",
      stage: "align pages",
      done: number + 1,
      total: pairs.length,
      unit: "pairs",
    });
  }
  tellTruncated(truncated, "blocks of sentences", onEvent);
}

/** What pages are aligned by: sentences of all pages tell what is random, where there are enough of them. */
async function pageCosts(embedded: EmbeddedPages): Promise<Pick<AlignTextsOptions, "costs" | "random">> {
  const { source, target } = await embedded.vectors();
  if (Math.min(source.side.texts.length, target.side.texts.length) < LEAST_CENTRED) return {};
  return { costs: PAGE_MODEL, random: { source: source.draw().vectors, target: target.draw().vectors } };
}

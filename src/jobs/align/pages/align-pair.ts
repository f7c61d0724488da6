import type { Alignment } from "../../../align/aligner.js";
import { paragraphOrder } from "../../../pages/paragraph-order.js";
import type { SideName } from "../../../types/texts.js";
import { type AlignTextsOptions, alignTexts } from "../align-texts.js";
import { type AlignmentCounts, keptAlignments } from "../kept-alignments.js";
import type { AlignedPageSentences } from "./align-options.js";
import type { EmbeddedPages, PageSides } from "./embedded-pages.js";
import type { FoundPair } from "./find-pairs.js";
import { placedTexts } from "./page-sentences.js";

/** How the sentences of two pages go together. */
export interface PairAlignment {
  /** The target's sentences, by their numbers on the page, in the order in which the source tells the same. */
  order: readonly number[];
  /** Spans of the source's sentences, and of the target's in this order. */
  alignments: readonly Alignment[];
}

/** Aligns the sentences of two pages, the target's paragraphs in the order of the source. */
export async function alignPair(
  embedded: EmbeddedPages,
  pair: FoundPair,
  options: Omit<AlignTextsOptions, "encoder">,
): Promise<PairAlignment> {
  const { sides } = embedded;
  const vectors = await embedded.vectors();
  const targetPage = sides.target.pages.get(pair.target);
  const order = paragraphOrder(
    vectors.source.sentencesOf(pair.source),
    vectors.target.sentencesOf(pair.target),
    targetPage.blocks.map((block) => block.length),
  );
  const inPlace = sides.target.pages.sentencesOf(pair.target);
  const textsOf = (side: SideName, texts: readonly string[]) => ({
    name: sides[side].name,
    mean: vectors[side].mean,
    texts,
  });
  const documents = {
    source: textsOf("source", sides.source.pages.sentencesOf(pair.source)),
    target: textsOf(
      "target",
      order.map((sentence) => inPlace[sentence]),
    ),
  };
  return {
    order,
    alignments: await alignTexts(documents, { ...options, encoder: await embedded.encoder() }),
  };
}

/** What an alignment of two pages says of their sentences, counted. */
export function describePair(
  sides: PageSides,
  pair: FoundPair,
  { order, alignments }: PairAlignment,
  { minScore, counts }: { minScore?: number; counts: AlignmentCounts },
): AlignedPageSentences[] {
  const [sourcePage, targetPage] = [sides.source.pages.get(pair.source), sides.target.pages.get(pair.target)];
  const source = placedTexts(sourcePage);
  const inPlace = placedTexts(targetPage);
  const target = order.map((sentence) => inPlace[sentence]);
  return keptAlignments(alignments, minScore, counts).map(({ source: x, target: y, cost, cosine }) => {
    const [left, right] = [source.slice(x.first, x.end), target.slice(y.first, y.end)];
    return {
      source: left.map(({ text }) => text).join(" "),
      target: right.map(({ text }) => text).join(" "),
      sourcePlaces: left.map(({ place }) => place),
      targetPlaces: right.map(({ place }) => place),
      cost,
      cosine,
      sourcePage,
      targetPage,
      pageScore: pair.score,
    };
  });
}

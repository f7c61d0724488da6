import { paragraphOrder } from "../../../pages/paragraph-order.js";
import type { SideName } from "../../../types/texts.js";
import { type AlignTextsOptions, alignTexts } from "../align-texts.js";
import { type AlignmentCounts, keptAlignments } from "../kept-alignments.js";
import type { AlignedPageSentences } from "./align-options.js";
import type { FoundPair } from "./find-pairs.js";
import { type PlacedText, placedTexts } from "./page-sentences.js";
import type { OpenPages } from "./with-pages.js";

/** How two pages are aligned. */
interface AlignPairOptions extends Omit<AlignTextsOptions, "encoder"> {
  minScore?: number;
  counts: AlignmentCounts;
}

/** Aligns the sentences of two pages, the target's paragraphs in the order of the source. */
export async function alignPair(
  { sides, vectors, encoder }: OpenPages,
  pair: FoundPair,
  { minScore, counts, ...options }: AlignPairOptions,
): Promise<AlignedPageSentences[]> {
  const [sourcePage, targetPage] = [sides.source.pages.get(pair.source), sides.target.pages.get(pair.target)];
  const order = paragraphOrder(
    await vectors!.source.sentencesOf(pair.source),
    await vectors!.target.sentencesOf(pair.target),
    targetPage.blocks.map((block) => block.length),
  );
  const source = placedTexts(sourcePage);
  const inPlace = placedTexts(targetPage);
  const target = order.map((sentence) => inPlace[sentence]);
  const textsOf = (side: SideName, placed: readonly PlacedText[]) => ({
    name: sides[side].name,
    mean: vectors![side].mean,
    texts: placed.map(({ text }) => text),
  });
  const documents = { source: textsOf("source", source), target: textsOf("target", target) };
  const alignments = await alignTexts(documents, { ...options, encoder });
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

import type { TextPage } from "../../../types/pages.js";
import type { AlignedPageSentences, SentencePlace } from "./align-options.js";
import type { OpenPages } from "./with-pages.js";

/** A sentence, and where it stands on its page. */
export interface PlacedText {
  text: string;
  place: SentencePlace;
}

/** The sentences of a page in their order. */
export function placedTexts({ blocks }: TextPage): PlacedText[] {
  return blocks.flatMap((block, b) =>
    block.map((text, s) => ({ text, place: { block: b + 1, sentence: s + 1 } })),
  );
}

/** The sentences of all pages that are in no pair, the source's first. */
export function* sentencesAlone({
  sides,
  pairs,
}: Pick<OpenPages, "sides" | "pairs">): Generator<AlignedPageSentences> {
  const alone = { cost: 0, cosine: Number.NaN, pageScore: Number.NaN };
  for (const side of ["source", "target"] as const) {
    const paired = new Set(pairs.map((pair) => pair[side]));
    const { pages } = sides[side];
    for (let number = 0; number < pages.length; number++) {
      if (paired.has(number)) continue;
      const page = pages.get(number);
      for (const { text, place } of placedTexts(page))
        yield side === "source"
          ? { ...alone, source: text, target: "", sourcePlaces: [place], targetPlaces: [], sourcePage: page }
          : { ...alone, source: "", target: text, sourcePlaces: [], targetPlaces: [place], targetPage: page };
    }
  }
}

import { findAnchors } from "./anchors.js";
import type { PageSentences } from "./page-vector.js";

/** An anchor is weak below this share of the margin that the best quarter of them reaches. */
const LEAST_SHARE = 0.4;

/** Where the source has what a sentence says, and how surely. */
interface Place {
  source: number;
  weight: number;
}

/**
 * The sentences of the target in the order in which the source tells the same: its paragraphs, each whole, sorted by where
 * the source has what they say. So an alignment that goes through both pages in order finds paragraphs that changed places.
 *
 * A paragraph's place is the median of its anchors', weighted by their margin and the root of their length; one without
 * anchors stays behind the one before it. Weak anchors do not count: they would bring sentences together that have no translation.
 *
 * @param blocks sentences of each of the target's paragraphs
 */
export function paragraphOrder(
  source: PageSentences,
  target: PageSentences,
  blocks: readonly number[],
): number[] {
  const anchors = findAnchors(source, target);
  const margins = anchors.map(({ margin }) => margin).sort((a, b) => a - b);
  const least = Math.max(0, LEAST_SHARE * margins[Math.floor(0.75 * margins.length)]);
  const places = new Map<number, Place>();
  for (const { source: row, target: column, margin } of anchors)
    if (margin >= least)
      places.set(column, { source: row, weight: margin * Math.sqrt(target.lengths[column]) });
  let [first, last] = [0, -1];
  const paragraphs = blocks.map((size) => {
    const sentences = Array.from({ length: size }, (_, i) => first + i);
    first += size;
    last = medianOf(sentences.flatMap((sentence) => places.get(sentence) ?? [])) ?? last;
    return { sentences, place: last };
  });
  return paragraphs.sort((a, b) => a.place - b.place).flatMap(({ sentences }) => sentences);
}

function medianOf(places: readonly Place[]): number | undefined {
  const sorted = [...places].sort((a, b) => a.source - b.source);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  return sorted.find(({ weight }) => {
    sum += weight;
    return sum >= half;
  })?.source;
}

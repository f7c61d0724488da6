import type { Segment } from "./segment-in-windows.js";

/**
 * Behind a quotation that ends as a sentence and has more than one end behind it, as in `“Stop!” ...`: sentencex before
 * 1.0.20 panics where it finds these together, and tells of it on stderr.
 */
const PANICS =
  /(?<=[\p{Sentence_Terminal}…]\s*(?:\[\d+\]\s*)*["'»’‚”‛“«‟›》」])(?=\s*[\p{Sentence_Terminal}…]\s*[\p{Sentence_Terminal}…])/u;

/** What those texts have, and few others: looking behind at every place takes three times as long. */
const MAY_PANIC = /["'»’‚”‛“«‟›》」]\s*[\p{Sentence_Terminal}…]\s*[\p{Sentence_Terminal}…]/u;

/**
 * Segments with sentencex, separately where it would panic on two pieces together, which puts the ends after a
 * quotation into a piece of their own. Where it fails all the same, another segmenter takes over.
 */
export function segmentWithoutPanic(segment: Segment, otherwise: Segment): Segment {
  const segmentPart: Segment = (language, part) => {
    try {
      return segment(language, part);
    } catch {
      return otherwise(language, part);
    }
  };
  return (language, text) =>
    MAY_PANIC.test(text)
      ? text.split(PANICS).flatMap((part) => segmentPart(language, part))
      : segmentPart(language, text);
}

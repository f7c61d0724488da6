import type { Segment } from "./segment-in-windows.js";

/**
 * A quotation that ends as a sentence and has more than one end behind it, as in `“Stop!” ...`: there sentencex before
 * 1.0.20 panics, which is told on stderr.
 */
const PANICS =
  /[\p{Sentence_Terminal}…\]]\s*["'»’‚”‛“«‟›》」]\s*[\p{Sentence_Terminal}…]\s*[\p{Sentence_Terminal}…]/u;

/** Segments by sentencex, and in another way what that fails with. */
export function segmentWithoutPanic(segment: Segment, otherwise: Segment): Segment {
  return (language, text) => {
    if (PANICS.test(text)) return otherwise(language, text);
    try {
      return segment(language, text);
    } catch {
      return otherwise(language, text);
    }
  };
}

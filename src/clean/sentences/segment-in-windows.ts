/** Sentences with the space after them: put together they are the text. */
export type Segment = (language: string, text: string) => string[];

/**
 * How many characters are segmented at a time. V8's time for each sentence grows with the text, and sentencex cuts
 * anything longer than about ten thousand bytes.
 */
const WINDOW = 2048;

/** Segments a text of any length a part at a time, where a sentence that a part's end cuts begins the next part. */
export function segmentInWindows(segment: Segment): Segment {
  return (language, text) => {
    const pieces: string[] = [];
    for (let start = 0, window = WINDOW; start < text.length; ) {
      const found = segment(language, text.slice(start, start + window));
      // Only the next window shows where the last sentence of this one ends.
      const whole = start + window >= text.length ? found : found.slice(0, -1);
      for (const piece of whole) {
        pieces.push(piece);
        start += piece.length;
      }
      window = whole.length > 0 ? WINDOW : 2 * window;
    }
    return pieces;
  };
}

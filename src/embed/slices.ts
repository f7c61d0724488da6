/** An end of a text. */
export type End = "left" | "right";

/** A part of a text, and whether it is all of it. */
export interface Slice {
  text: string;
  whole: boolean;
}

/** Few tokens are longer than this; where some are, the next slice is tried. */
const CHARACTERS_A_TOKEN = 64;

/** Tokenizers treat a longer stretch without a space as one unknown word, or split it anywhere. */
const LONGEST_WORD = 1024;

/**
 * Slices of a text, each eight times as long as the one before, up to the whole text. The first is long enough for the
 * longest input if every token has few characters. A slice ends between words where it can.
 *
 * @param cut the end that the slices leave out
 */
export function* slices(text: string, maxTokens: number, cut: End): Generator<Slice, void> {
  for (let length = maxTokens * CHARACTERS_A_TOKEN; length < text.length; length *= 8) {
    const slice = cut === "right" ? beginning(text, length) : ending(text, length);
    yield { text: slice.toWellFormed(), whole: false };
  }
  yield { text: text.toWellFormed(), whole: true };
}

function beginning(text: string, length: number): string {
  const start = Math.max(0, length - LONGEST_WORD);
  const word = text.slice(start, length).search(/\s\S*$/);
  return text.slice(0, word === -1 ? length : start + word);
}

function ending(text: string, length: number): string {
  const start = text.length - length;
  const word = text.slice(start, start + LONGEST_WORD).search(/\s/);
  return text.slice(start + Math.max(0, word));
}

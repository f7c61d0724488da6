import type { SharedWords } from "../../align/shared-words.js";

/** Share of the words that both documents have in a cosine. */
const WORDS_SHARE = 0.15;
const OWN_SCALE = Math.sqrt(1 - WORDS_SHARE);

interface WordsOfBlocks {
  sentences: readonly string[];
  /** The first sentence. */
  start: number;
  longest: number;
  words: SharedWords;
  /** Numbers of a vector without words. */
  own: number;
}

/** Vectors of texts that have no words of both documents. */
export function withoutWords(
  rows: Float32Array,
  own: number,
  words: Pick<SharedWords, "dimensions">,
): Float32Array {
  const dimensions = own + words.dimensions;
  const count = rows.length / own;
  const joined = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++)
    for (let d = 0; d < own; d++) joined[row * dimensions + d] = OWN_SCALE * rows[row * own + d];
  return joined;
}

/** Vectors with those of the blocks' shared words beside them. */
export function withWords(
  rows: Float32Array,
  { sentences, start, longest, words, own }: WordsOfBlocks,
): Float32Array {
  const dimensions = own + words.dimensions;
  const blocks = rows.length / own;
  const joined = withoutWords(rows, own, words);
  const sum = new Float32Array(words.dimensions);
  for (let block = 0; block < blocks; block++) {
    const last = start + Math.floor(block / longest);
    const size = (block % longest) + 1;
    if (size === 1) sum.fill(0);
    if (size > last + 1) continue;
    words.add(sentences[last + 1 - size], sum);
    const at = block * dimensions + own;
    const length = Math.hypot(...sum);
    const scale = length === 0 ? 0 : Math.sqrt(WORDS_SHARE) / length;
    for (let d = 0; d < words.dimensions; d++) joined[at + d] = scale * sum[d];
  }
  return joined;
}

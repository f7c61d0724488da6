/** What is known of how often each piece of a tokenizer is used. */
export interface PieceUse {
  /** By piece; a piece that stands for no text does not count. */
  texts: readonly string[];
  /** How often each was met in a text. */
  counts?: ArrayLike<number>;
  /** Natural logarithms of probabilities, as Unigram tokenizers have them. */
  scores?: readonly number[];
}

/** Arora et al. 2017, a simple but tough-to-beat baseline for sentence embeddings, where it is named a. */
export const COMMON = 1e-4;

/** Smooth inverse frequency, a / (a + p): near 1 for a rare piece, near 0 for one that is everywhere. */
export function pieceWeights(use: PieceUse): Float64Array {
  return pieceProbabilities(use).map((probability) => COMMON / (COMMON + probability));
}

/**
 * How probable each piece is: by its count, where there are counts, one added to each; else by its score; else by
 * Zipf's law, taking the tokenizer's order for that of frequency, as Model2Vec does (Tulkens & van Dongen 2024).
 */
export function pieceProbabilities({ texts, counts, scores }: PieceUse): Float64Array {
  if (counts) return sharesOf(texts, (piece) => counts[piece] + 1);
  if (scores) return Float64Array.from(texts, (text, piece) => (text === "" ? 0 : Math.exp(scores[piece])));
  let rank = 1;
  return sharesOf(texts, () => 1 / ++rank);
}

function sharesOf(texts: readonly string[], sizeOf: (piece: number) => number): Float64Array {
  const sizes = Float64Array.from(texts, (text, piece) => (text === "" ? 0 : sizeOf(piece)));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size) => size / sum);
}

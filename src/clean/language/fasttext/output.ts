/** A class that a text was taken for. */
export interface Classified {
  /** The number of a label. */
  label: number;
  /** 0 to 1, or a hundred-thousandth above. */
  score: number;
}

/** What the output layer makes of a hidden layer. */
export interface Output {
  /** The likeliest class. */
  best(hidden: Float32Array): Classified;
  /** The probability of each class, until the next call. */
  all(hidden: Float32Array): Float32Array;
}

/** Keeps fastText's logarithms finite, and makes each of its probabilities that much larger. */
export const EPSILON = 1e-5;

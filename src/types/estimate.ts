/** What is estimated of the pairs of at least one score. */
export interface EstimatedPoint {
  /** The score, or a shorter decimal below it that keeps the same pairs. */
  threshold: number;
  /** Pairs that reach it. */
  pairs: number;
  /** The share of them that is right. */
  precision: number;
  /** The lower end of its interval. */
  low: number;
  /** The upper end of its interval. */
  high: number;
  /** The share of all right pairs that is among them. */
  recall: number;
}

/** What is estimated at each threshold, the highest first; or, in words, why nothing is. */
export type PrecisionEstimate = { points: readonly EstimatedPoint[] } | { unknown: string };

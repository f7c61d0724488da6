/** How often scores fall into each of several bins of the same width, from the lowest score to the highest. */
export interface Distribution {
  /** The lowest score, where the first bin begins. */
  lowest: number;
  /** The highest score, where the last bin ends. */
  highest: number;
  /** Scores of each bin; one that lies between two is of the higher. */
  counts: number[];
}

const BINS = 10;

/** @returns nothing where there are no scores */
export function distributionOf(scores: Iterable<number> & { length: number }): Distribution | undefined {
  if (scores.length === 0) return undefined;
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const score of scores) [lowest, highest] = [Math.min(lowest, score), Math.max(highest, score)];
  if (lowest === highest) return { lowest, highest, counts: [scores.length] };
  const counts = new Array<number>(BINS).fill(0);
  for (const score of scores)
    counts[Math.min(BINS - 1, Math.floor(((score - lowest) / (highest - lowest)) * BINS))]++;
  return { lowest, highest, counts };
}

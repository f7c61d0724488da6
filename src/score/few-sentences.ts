/** A side of so many sentences speaks for itself. */
const MANY = 256;

/** Sentences of what is usual that a side's own are weighed against: for its mean, and for its neighbourhoods. */
const USUAL = { mean: 32, neighbourhood: 96 } as const;

/** What a neighbour counts at least where there are none to choose from: cosines of texts that have nothing in common. */
const LEAST_COSINE = 0.1;

/** Whether a side has too few sentences for its own figures to be taken as they are. */
export const isFew = (sentences: number): boolean => sentences < MANY;

/**
 * How much of a figure of n sentences is believed, between 0 and 1: n / (n + m · (1 − n / 256)), as if m sentences more
 * had shown what is usual, which are forgotten towards 256 (shrinkage: James & Stein 1961; Efron & Morris 1973).
 *
 * @returns exactly 1 from 256 sentences on
 */
export function weightOf(figure: keyof typeof USUAL, sentences: number): number {
  if (!isFew(sentences)) return 1;
  return sentences / (sentences + USUAL[figure] * (1 - sentences / MANY));
}

/**
 * What is subtracted from the vectors of a side: its mean, shrunk towards zero where the sentences of a side are few. The
 * mean of a few says more of them than of their language.
 *
 * @param sentences of the smaller side
 */
export function shrinkMean(mean: readonly number[], sentences: number): readonly number[] {
  const weight = weightOf("mean", sentences);
  return weight === 1 ? mean : mean.map((value) => weight * value);
}

/** How a sentence's neighbourhood is averaged. */
export interface Averaging {
  /** How many of its nearest count; the last one only in part where this is no whole number. */
  neighbours: number;
  /** What each of them counts at least. */
  least: number;
}

/**
 * How neighbourhoods among so many sentences are averaged. Among many the k nearest are near. Among few they are
 * whoever is there, so that fewer count if k is bounded: 1 + (k − 1) times the weight of so many.
 */
export function averagingAmong(sentences: number, k: number, bounded: boolean): Averaging {
  if (!bounded || !isFew(sentences)) return { neighbours: k, least: Number.NEGATIVE_INFINITY };
  const neighbours = 1 + (k - 1) * weightOf("neighbourhood", sentences);
  return { neighbours: Math.min(neighbours, sentences), least: LEAST_COSINE * (1 - sentences / MANY) };
}

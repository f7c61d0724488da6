/** The neighbours of a sentence, among its candidates. */
export interface Neighbourhood {
  /** The candidates of the sentence. */
  group: readonly number[];
  /** Of every candidate, its rank among the neighbours of its sentence; 0 if it is none. */
  ranks: Uint16Array;
  cosines: Float32Array;
  /** Of every sentence, the mean cosine to its k nearest. */
  ownMeans: Float64Array;
  /** The sentence of every candidate. */
  own: Uint32Array;
}

/**
 * The mean cosine m of a sentence to its k nearest if one of them were not there.
 *
 * The next one is not known: distances between neighbours of rank j and j + 1 go down as 1 / j, so that it lies
 * (k − 1) / k of the last distance below the last.
 */
export function meanWithout(
  candidate: number,
  { group, ranks, cosines, ownMeans, own }: Neighbourhood,
): number {
  if (ranks[candidate] === 0) return ownMeans[own[candidate]];
  const near = group.filter((other) => ranks[other] > 0);
  const k = near.length;
  const left = near
    .filter((other) => other !== candidate)
    .map((other) => cosines[other])
    .sort((a, b) => b - a);
  if (left.length < 2) return left[0] ?? 0;
  const [before, last] = left.slice(-2);
  const next = last - ((before - last) * (k - 1)) / k;
  return (left.reduce((sum, cosine) => sum + cosine, 0) + next) / k;
}

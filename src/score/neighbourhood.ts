import type { Candidates } from "../types/neighbours.js";

/** m(x) and m(y): each sentence's mean cosine to its k nearest of the other side, NaN for one that has none. */
export interface NeighbourhoodMeans {
  source: Float64Array;
  target: Float64Array;
}

export function neighbourhoodMeans(candidates: Candidates): NeighbourhoodMeans {
  const { source, target, forwardRank, backwardRank } = candidates;
  return {
    source: meansBy(source, forwardRank, candidates.cosine, candidates.sourceRows),
    target: meansBy(target, backwardRank, candidates.cosine, candidates.targetRows),
  };
}

function meansBy(
  sentences: Uint32Array,
  ranks: Uint16Array,
  cosines: Float32Array,
  rows: number,
): Float64Array {
  const sums = new Float64Array(rows);
  const counts = new Uint32Array(rows);
  for (let i = 0; i < sentences.length; i++) {
    if (ranks[i] === 0) continue;
    sums[sentences[i]] += cosines[i];
    counts[sentences[i]]++;
  }
  return sums.map((sum, row) => sum / counts[row]);
}

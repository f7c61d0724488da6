import type { Candidates } from "../types/neighbours.js";
import { type Averaging, averagingAmong } from "./few-sentences.js";

/** m(x) and m(y): each sentence's mean cosine to its nearest of the other side, NaN for one that has none. */
export interface NeighbourhoodMeans {
  source: Float64Array;
  target: Float64Array;
}

/** The mean cosine of each sentence to its k nearest, or fewer where the other side has few sentences. */
export function neighbourhoodMeans(candidates: Candidates): NeighbourhoodMeans {
  const { k, boundedK = false, cosine, sourceRows, targetRows } = candidates;
  const { source, target, forwardRank, backwardRank } = candidates;
  const forward = { sentences: source, ranks: forwardRank, cosines: cosine };
  const backward = { sentences: target, ranks: backwardRank, cosines: cosine };
  return {
    source: meansOf(forward, sourceRows, averagingAmong(targetRows, k, boundedK)),
    target: meansOf(backward, targetRows, averagingAmong(sourceRows, k, boundedK)),
  };
}

interface Ranked {
  sentences: Uint32Array;
  ranks: Uint16Array;
  cosines: Float32Array;
}

function meansOf(
  { sentences, ranks, cosines }: Ranked,
  rows: number,
  { neighbours, least }: Averaging,
): Float64Array {
  const sums = new Float64Array(rows);
  const counts = new Float64Array(rows);
  for (let i = 0; i < sentences.length; i++) {
    const share = Math.min(1, neighbours + 1 - ranks[i]);
    if (ranks[i] === 0 || share <= 0) continue;
    sums[sentences[i]] += share * Math.max(cosines[i], least);
    counts[sentences[i]] += share;
  }
  for (let row = 0; row < rows; row++) sums[row] /= counts[row];
  return sums;
}

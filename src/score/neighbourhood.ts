import type { CandidateBlock, Candidates } from "../types/neighbours.js";
import type { SideName } from "../types/texts.js";
import { type Averaging, averagingAmong } from "./few-sentences.js";

/** m(x) and m(y): each sentence's mean cosine to its nearest of the other side, NaN for one that has none. */
export interface NeighbourhoodMeans {
  source: Float64Array;
  target: Float64Array;
}

/** The mean cosine of each sentence to its k nearest, or fewer where the other side has few sentences. */
export function neighbourhoodMeans(candidates: Candidates): NeighbourhoodMeans {
  const { cosine, sourceRows, targetRows } = candidates;
  const forward = new NeighbourSums({ first: 0, end: sourceRows }, averagingOf("source", candidates));
  const backward = new NeighbourSums({ first: 0, end: targetRows }, averagingOf("target", candidates));
  forward.add(candidates.source, candidates.forwardRank, cosine);
  backward.add(candidates.target, candidates.backwardRank, cosine);
  return { source: forward.means(), target: backward.means() };
}

/** How the neighbourhoods of a side's sentences are averaged, which lie on the other side. */
export function averagingOf(
  side: SideName,
  { k, boundedK = false, sourceRows, targetRows }: Omit<Candidates, keyof CandidateBlock>,
): Averaging {
  return averagingAmong(side === "source" ? targetRows : sourceRows, k, boundedK);
}

/** Sums up the cosines of some sentences of a side to their nearest. Memory: 16 bytes a sentence. */
export class NeighbourSums {
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;

  /** @param sentences which of the side's sentences; others are passed over */
  constructor(
    private readonly sentences: { first: number; end: number },
    private readonly averaging: Averaging,
  ) {
    this.sums = new Float64Array(sentences.end - sentences.first);
    this.counts = new Float64Array(this.sums.length);
  }

  /** Adds candidates: the sentence of each, its rank among the sentence's neighbours, and its cosine. */
  add(own: Uint32Array, ranks: Uint16Array, cosines: Float32Array): void {
    const { first, end } = this.sentences;
    const { neighbours, least } = this.averaging;
    for (let i = 0; i < own.length; i++) {
      const share = Math.min(1, neighbours + 1 - ranks[i]);
      if (own[i] < first || own[i] >= end || ranks[i] === 0 || share <= 0) continue;
      this.sums[own[i] - first] += share * Math.max(cosines[i], least);
      this.counts[own[i] - first] += share;
    }
  }

  /** The mean of each sentence, once all have been added. */
  means(): Float64Array {
    return this.sums.map((sum, row) => sum / this.counts[row]);
  }
}

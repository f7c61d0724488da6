import type { Descending } from "../../statistics/descending.js";
import type { PrecisionEstimate } from "../../types/estimate.js";
import type { Candidates } from "../../types/neighbours.js";
import type { ChosenCandidates } from "./decoys.js";
import { estimateOf } from "./estimate-threshold.js";

/** A candidate with its score. */
export interface RankedCandidate {
  source: number;
  target: number;
  score: number;
  /** The margin, where that is not the score. */
  margin?: number;
  cosine: number;
  forwardRank: number;
  backwardRank: number;
}

/** The candidates that were chosen, before any threshold, the highest score first. */
export interface Ranking {
  scores: Descending;
  at(rank: number): RankedCandidate;
  /** What is right among them at each threshold, without gold. */
  estimate(): PrecisionEstimate;
}

/** The ranking of candidates that are in memory. */
export function rankInMemory(chosen: ChosenCandidates, margins?: Float64Array): Ranking {
  const { candidates, scores, ordered } = chosen;
  return {
    scores: Float64Array.from(ordered, (candidate) => scores[candidate]),
    at: (rank) => ({
      ...rowOf(candidates, ordered[rank]),
      score: scores[ordered[rank]],
      ...(margins && { margin: margins[ordered[rank]] }),
    }),
    estimate: () => estimateOf(chosen),
  };
}

function rowOf(candidates: Candidates, candidate: number): Omit<RankedCandidate, "score"> {
  return {
    source: candidates.source[candidate],
    target: candidates.target[candidate],
    cosine: candidates.cosine[candidate],
    forwardRank: candidates.forwardRank[candidate],
    backwardRank: candidates.backwardRank[candidate],
  };
}

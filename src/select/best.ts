import type { Candidates } from "../types/neighbours.js";

/** The candidate that each sentence of a side chose, by sentence; `NO_CHOICE` where it has none. */
export type Choices = Int32Array;

export const NO_CHOICE = -1;

/** Each source's best target by score, among its own neighbours. */
export function bestForward(candidates: Candidates, scores: Float64Array): Choices {
  return best(candidates.source, candidates.forwardRank, scores, candidates.sourceRows);
}

/** Each target's best source by score, among its own neighbours. */
export function bestBackward(candidates: Candidates, scores: Float64Array): Choices {
  return best(candidates.target, candidates.backwardRank, scores, candidates.targetRows);
}

/** Candidates come by source, then target: the first of equal scores is the one of the lower index. */
function best(sentences: Uint32Array, ranks: Uint16Array, scores: Float64Array, rows: number): Choices {
  const choices = new Int32Array(rows).fill(NO_CHOICE);
  for (let i = 0; i < sentences.length; i++) {
    if (ranks[i] === 0 || Number.isNaN(scores[i])) continue;
    const chosen = choices[sentences[i]];
    if (chosen === NO_CHOICE || scores[i] > scores[chosen]) choices[sentences[i]] = i;
  }
  return choices;
}

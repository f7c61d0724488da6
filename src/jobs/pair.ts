import type { Candidates, ScoredPair } from "../types.js";
import type { Side, Sides } from "./side.js";

/** A candidate with its texts and all the places where they stand. */
export function toPair(
  candidate: number,
  candidates: Candidates,
  scores: Float64Array,
  sides: Sides,
): ScoredPair {
  return {
    score: scores[candidate],
    cosine: candidates.cosine[candidate],
    source: pairSide(sides.source, candidates.source[candidate]),
    target: pairSide(sides.target, candidates.target[candidate]),
    forwardRank: candidates.forwardRank[candidate],
    backwardRank: candidates.backwardRank[candidate],
  };
}

function pairSide({ texts, places }: Side, text: number) {
  return { text: texts.get(text), lines: places.lines(text), ids: places.ids(text) };
}

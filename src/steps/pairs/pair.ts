import type { Groups } from "../../store/corpus/group-files.js";
import type { Candidates } from "../../types/neighbours.js";
import type { PairSide, ScoredPair } from "../../types/pairs.js";
import type { Side, Sides } from "../texts/side.js";

/** Candidates with a score each. */
export interface ScoredCandidates {
  candidates: Candidates;
  scores: Float64Array;
  /** Their margins, where these are not their scores. */
  margins?: Float64Array;
}

/** A candidate with its texts and all the places where they, and those that they stand for, stand. */
export function toPair(
  candidate: number,
  { candidates, scores, margins }: ScoredCandidates,
  sides: Sides,
  members?: Members,
): ScoredPair {
  const [source, target] = [candidates.source[candidate], candidates.target[candidate]];
  return {
    score: scores[candidate],
    ...(margins && { margin: margins[candidate] }),
    cosine: candidates.cosine[candidate],
    source: pairSide(sides.source, source, members?.source.get(source)),
    target: pairSide(sides.target, target, members?.target.get(target)),
    forwardRank: candidates.forwardRank[candidate],
    backwardRank: candidates.backwardRank[candidate],
  };
}

/** Of each side the near-duplicates that a sentence stands for, if there are any. */
export type Members = Record<keyof Groups, Map<number, number[]>>;

export function membersOf({ source, target }: Groups): Members {
  return { source: group(source), target: group(target) };
}

function group(standsFor: Uint32Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const [sentence, first] of standsFor.entries()) {
    if (sentence === first) continue;
    const list = members.get(first);
    if (list) list.push(sentence);
    else members.set(first, [sentence]);
  }
  return members;
}

function pairSide({ texts, places, fields: names }: Side, text: number, others: number[] = []): PairSide {
  const all = [text, ...others];
  const lines = all.flatMap((sentence) => places.lines(sentence));
  const ids = all.flatMap((sentence) => places.ids(sentence));
  const side: PairSide = { text: texts.get(text), lines, ids };
  if (names) {
    const values = all.flatMap((sentence) => places.fields(sentence));
    side.fields = Object.fromEntries(names.map((name, i) => [name, values.map((of) => of[i] ?? "")]));
  }
  return side;
}

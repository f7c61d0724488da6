import type { Groups } from "../../store/corpus/group-files.js";
import type { PlacesOfTexts } from "../../store/corpus/places.js";
import type { PairSide, ScoredPair } from "../../types/pairs.js";
import type { SideName } from "../../types/texts.js";
import type { Side } from "../texts/side.js";
import type { RankedCandidate } from "./ranking.js";

/** A side of pairs: its texts, and where they stand. */
export interface PairedSide extends Pick<Side, "texts" | "fields" | "counts"> {
  places: PlacesOfTexts;
}

/** A candidate with its texts and all the places where they, and those that they stand for, stand. */
export function toPair(
  { source, target, score, margin, ...found }: RankedCandidate,
  sides: Record<SideName, PairedSide>,
  members?: Members,
): ScoredPair {
  return {
    score,
    ...(margin !== undefined && { margin }),
    cosine: found.cosine,
    source: pairSide(sides.source, source, members?.source.get(source)),
    target: pairSide(sides.target, target, members?.target.get(target)),
    forwardRank: found.forwardRank,
    backwardRank: found.backwardRank,
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

function pairSide(
  { texts, places, fields: names }: PairedSide,
  text: number,
  others: number[] = [],
): PairSide {
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

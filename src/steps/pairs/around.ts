import { countFrom } from "../../statistics/descending.js";
import type { ScoredPair } from "../../types/pairs.js";
import type { RankedSides } from "./choose.js";
import { membersOf, toPair } from "./pair.js";

/** Pairs on both sides of a threshold, the highest score first. */
export interface PairsAround {
  /** The last that would be kept. */
  above: ScoredPair[];
  /** The first that would be left out. */
  below: ScoredPair[];
  /** All that would be kept. */
  kept: number;
  /** All that would be left out. */
  left: number;
}

/** The pairs next to a threshold, half of them on each of its sides; more on one where the other has fewer. */
export function pairsAround(
  { sides, groups, ranking }: RankedSides,
  { around, show }: { around: number; show: number },
): PairsAround {
  const members = groups && membersOf(groups);
  const kept = countFrom(ranking.scores, around);
  const left = ranking.scores.length - kept;
  const above = Math.min(kept, Math.max(Math.ceil(show / 2), show - left));
  const take = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => toPair(ranking.at(from + i), sides, members));
  const below = Math.min(left, show - above);
  return { above: take(kept - above, kept), below: take(kept, kept + below), kept, left };
}

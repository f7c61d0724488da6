import { scoreMargin } from "../../score/margin.js";
import { selectPairs } from "../../select/select.js";
import type { ScoredPair } from "../../types/pairs.js";
import type { ChooseSettings, ScoredSides } from "./choose.js";
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
  { sides, found: { candidates, groups }, rescored }: ScoredSides,
  settings: ChooseSettings,
  { around, show }: { around: number; show: number },
): PairsAround {
  const { values: margins } = scoreMargin(candidates, settings.margin);
  const scores = rescored?.scores ?? margins;
  const { pairs, ordered } = selectPairs(candidates, scores, { ...settings, threshold: around });
  const members = groups && membersOf(groups);
  const [kept, left] = [pairs.length, ordered.length - pairs.length];
  const above = Math.min(kept, Math.max(Math.ceil(show / 2), show - left));
  const take = (from: number, to: number) =>
    Array.from(ordered.subarray(from, to), (candidate) =>
      toPair(candidate, { candidates, scores, margins: rescored && margins }, sides, members),
    );
  return { above: take(kept - above, kept), below: take(kept, kept + show - above), kept, left };
}

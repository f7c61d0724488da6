import type { SideName } from "../types/texts.js";

/** What is known of pairs, each against rivals: of all, or of some that stand for all. */
export interface SampledPairs {
  /** The score of each pair, the highest first. */
  scores: Float64Array;
  /**
   * Its decoys: by the side whose sentence stays, the score that this sentence would have been chosen with if its
   * partner had not been there; NaN where it would have got none. A side is absent where its sentences do not choose.
   */
  decoys: Partial<Record<SideName, Float64Array>>;
  /**
   * Of pairs that were given and not chosen: the score of each source with a target that has nothing to do with it; NaN
   * where there is none.
   */
  strangers?: Float64Array;
  /** Whether sentences are each other's first choice, 1 or 0: those of pairs, and of their decoys; absent where all are. */
  mutual?: MutualChoices;
  /** For each pair that was chosen, the sentences of each side that no pair has. */
  lonely: Record<SideName, number>;
  /**
   * How likely a pair is right, where its score cannot tell, since the encoder was trained on it, and an earlier one could;
   * NaN of all others.
   */
  known?: Float64Array;
}

/** Whether sentences are each other's first choice, 1 or 0; anything where there is no decoy. */
export type MutualChoices = Record<"pairs" | SideName, Uint8Array>;

/** Where sentences that no pair has tell nothing. */
export const NO_LONELY: SampledPairs["lonely"] = { source: 0, target: 0 };

/** More pairs would hardly move the curves. */
const MOST = 4096;

/** Which of so many pairs stand for all, from the highest score down: evenly by rank, so that no part of them is missing. */
export function sampleRanks(pairs: number): Uint32Array {
  const size = Math.min(pairs, MOST);
  return Uint32Array.from({ length: size }, (_, i) => Math.floor(((i + 0.5) * pairs) / size));
}

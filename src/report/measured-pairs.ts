import type { SideName } from "../types/texts.js";

/** Numbers of each pair, in the same order; a side's words and characters by pair. */
export interface MeasuredPairs {
  scores: Float64Array;
  words: Record<SideName, Uint32Array>;
  characters: Record<SideName, Uint32Array>;
}

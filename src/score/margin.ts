import type { Candidates } from "../types/neighbours.js";
import type { Margin } from "../types/pairs.js";
import { neighbourhoodMeans } from "./neighbourhood.js";

/** Below this mean cosine of the neighbourhoods a ratio means nothing; centred vectors give such pairs. */
const SMALLEST_BASE = 0.01;

export interface Scores {
  /** The margin of each candidate; NaN for one that was dropped. */
  values: Float64Array;
  /** Candidates dropped because their neighbourhoods' mean cosine b is below 0.01 (`ratio` only). */
  dropped: number;
}

/**
 * The margin of one pair (Artetxe & Schwenk 2019, equations 1 to 3).
 *
 * With a = cos(x, y) and b = (m(x) + m(y)) / 2, where m is the mean cosine to the k nearest of the other side:
 * `absolute` is a, `distance` is a − b, `ratio` is a / b; NaN where b is below 0.01 for a ratio.
 */
export function marginOf(cosine: number, base: number, margin: Margin): number {
  if (margin === "absolute") return cosine;
  if (margin === "distance") return cosine - base;
  return base >= SMALLEST_BASE ? cosine / base : Number.NaN;
}

/** Scores candidates by their margin. */
export function scoreMargin(candidates: Candidates, margin: Margin): Scores {
  const values = Float64Array.from(candidates.cosine);
  let dropped = 0;
  if (margin === "absolute") return { values, dropped };
  const means = neighbourhoodMeans(candidates);
  for (let i = 0; i < candidates.length; i++) {
    const base = (means.source[candidates.source[i]] + means.target[candidates.target[i]]) / 2;
    values[i] = marginOf(values[i], base, margin);
    if (Number.isNaN(values[i])) dropped++;
  }
  return { values, dropped };
}

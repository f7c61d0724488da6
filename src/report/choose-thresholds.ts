import { decimalBetween } from "../statistics/decimal-between.js";
import { niceStep, round } from "./nice-step.js";

/** So many steps at most lie between the scores that are not far from all others. */
const STEPS = 400;
/** A score is far from the others if it is so many times the distance of the quartiles beyond them. */
const FAR = 5;
const LEAST_STEP = 1e-9;

/** Thresholds to look at. */
export interface Thresholds {
  /** Ascending: the first keeps every pair, the last at least one. */
  thresholds: number[];
  decimals: number;
  /** Where the scores begin and end that are not far from all others. */
  range: readonly [low: number, high: number];
}

/**
 * Round thresholds, a step apart where nearly all scores lie, whatever a few scores at the ends are.
 *
 * @param ascending scores, at least one
 */
export function chooseThresholds(ascending: Float64Array): Thresholds {
  const [lowest, highest] = [ascending[0], ascending[ascending.length - 1]];
  if (lowest === highest) {
    const only = decimalBetween(Number.NEGATIVE_INFINITY, lowest);
    return { thresholds: [only], decimals: decimalsOf(only), range: [only, only] };
  }
  const [low, high] = withoutFar(ascending);
  const { step, decimals } = niceStep(Math.max((high - low) / STEPS, LEAST_STEP));
  const at = (place: number) => round(place * step, decimals);
  const below = (score: number) => {
    const place = Math.round(score / step);
    return at(place) <= score ? place : place - 1;
  };
  const [first, last] = [below(low), below(high)];
  const [bottom, top] = [at(below(lowest)), at(below(highest))];
  const middle = Array.from({ length: last - first + 1 }, (_, i) => at(first + i));
  const inside = middle.filter((threshold) => threshold > bottom && threshold < top);
  return {
    thresholds: [...new Set([bottom, ...inside, Math.max(bottom, top)])],
    decimals,
    range: [middle[0], at(last + 1)],
  };
}

function withoutFar(ascending: Float64Array): readonly [low: number, high: number] {
  const at = (share: number) => ascending[Math.round(share * (ascending.length - 1))];
  const [quarter, threeQuarters] = [at(0.25), at(0.75)];
  const far = FAR * (threeQuarters - quarter);
  if (far === 0) return [at(0), at(1)];
  return [Math.max(at(0), quarter - far), Math.min(at(1), threeQuarters + far)];
}

function decimalsOf(value: number): number {
  return (String(value).split(".")[1] ?? "").length;
}

import { meets, type Value } from "./bounds.js";
import type { Bound, Rule } from "./rule.js";

/** Another limit for a bound, from what was measured. */
export interface Suggestion {
  /** The bound's name. */
  option: string;
  /** One for both sides, or one for each where the option takes two; as it stands where no limit keeps any pair. */
  value: number | [source: number, target: number];
  /** Share of the pairs that the bound rejects as it stands; of those that a limit can keep. */
  rejects: number;
  /** The same with the suggestion. */
  wouldReject: number;
  /** Share of the measured pairs that no limit keeps, such as those without a score. */
  neverKept: number;
}

/**
 * The tightest limit for each bound of a rule that rejects no more than a share of the pairs on each side: a quantile
 * of what was measured, rounded outwards to two decimals, or to a whole number if only whole numbers were measured. Pairs
 * that no limit keeps do not count.
 *
 * @param takesTwo whether an option takes a value for each side
 */
export function suggestBounds(
  rule: Rule,
  values: readonly Value[],
  share: number,
  takesTwo: (option: string) => boolean,
): Suggestion[] {
  if (values.length === 0) return [];
  return rule.bounds
    .filter(({ option, measured }) => option !== "" && !measured)
    .map((bound) => {
      const loosest = loosen(bound);
      const counted = values.filter((value) => meetsBoth(loosest, value));
      const limits =
        counted.length === 0 ? bound.limits : suggestLimits(bound, counted, share, takesTwo(bound.option));
      return {
        option: bound.option,
        value: limits[0] === limits[1] ? limits[0] : [limits[0], limits[1]],
        rejects: shareRejected(bound, counted),
        wouldReject: shareRejected({ ...bound, limits }, counted),
        neverKept: shareRejected(loosest, values),
      };
    });
}

const isLower = ({ keeps }: Bound) => keeps === "at least" || keeps === "more than";

/** With a limit that all numbers meet; NaN does not, nor what is endless on the wrong side. */
function loosen(bound: Bound): Bound {
  const limit = isLower(bound) ? -Number.MAX_VALUE : Number.MAX_VALUE;
  return { ...bound, limits: [limit, limit] };
}

function suggestLimits(
  bound: Bound,
  values: readonly Value[],
  share: number,
  takesTwo: boolean,
): Bound["limits"] {
  const [source, target] = [0, 1].map((side) => {
    const numbers = values.map((value) => (typeof value === "number" ? value : value[side]));
    return suggestLimit(bound, numbers, share);
  });
  if (takesTwo) return [source, target];
  const looser = isLower(bound) ? Math.min(source, target) : Math.max(source, target);
  return [looser, looser];
}

function suggestLimit(bound: Bound, numbers: readonly number[], share: number): number {
  const lower = isLower(bound);
  const sorted = numbers.toSorted((a, b) => (lower ? a - b : b - a));
  const edge = sorted[Math.floor(share * sorted.length)];
  const steps = numbers.every(Number.isInteger) ? 1 : 100;
  const rounded = lower ? Math.floor(edge * steps) : Math.ceil(edge * steps);
  // A bound that rejects its own limit has to lie beyond the value to be kept.
  const beyond = bound.keeps === "more than" ? -1 : bound.keeps === "less than" ? 1 : 0;
  return (rounded + beyond) / steps;
}

/** Of no values none is rejected. */
function shareRejected(bound: Bound, values: readonly Value[]): number {
  if (values.length === 0) return 0;
  return values.filter((value) => !meetsBoth(bound, value)).length / values.length;
}

/** Whether both sides meet a bound, or what was measured of them together. */
function meetsBoth(bound: Bound, value: Value): boolean {
  return typeof value === "number"
    ? meets(bound, value, 0)
    : meets(bound, value[0], 0) && meets(bound, value[1], 1);
}

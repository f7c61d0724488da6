import { meets, type Value } from "./bounds.js";
import type { Bound, Rule } from "./rule.js";

/** Another limit for a bound, from what was measured. */
export interface Suggestion {
  /** The bound's name. */
  option: string;
  /** One for both sides, or one for each where the option takes two. */
  value: number | [source: number, target: number];
  /** Share of the measured pairs that the bound rejects as it stands. */
  rejects: number;
  /** The same with the suggestion. */
  wouldReject: number;
}

/**
 * The tightest limit for each bound of a rule that rejects no more than a share of the pairs on each side: a quantile
 * of what was measured, rounded outwards to two decimals, or to a whole number if only whole numbers were measured.
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
  const sides = [0, 1].map((side) =>
    values.map((value) => (typeof value === "number" ? value : value[side])),
  );
  return rule.bounds
    .filter(({ option, measured }) => option !== "" && !measured)
    .map((bound) => {
      const [source, target] = sides.map((numbers) => suggestLimit(bound, numbers, share));
      const looser = isLower(bound) ? Math.min(source, target) : Math.max(source, target);
      const limits: Bound["limits"] = takesTwo(bound.option) ? [source, target] : [looser, looser];
      return {
        option: bound.option,
        value: limits[0] === limits[1] ? limits[0] : [limits[0], limits[1]],
        rejects: shareRejected(bound, values),
        wouldReject: shareRejected({ ...bound, limits }, values),
      };
    });
}

const isLower = ({ keeps }: Bound) => keeps === "at least" || keeps === "more than";

function suggestLimit(bound: Bound, numbers: readonly number[], share: number): number {
  const lower = isLower(bound);
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => (lower ? a - b : b - a));
  const edge = sorted[Math.min(sorted.length - 1, Math.floor(share * numbers.length))] ?? 0;
  const steps = numbers.every(Number.isInteger) ? 1 : 100;
  const rounded = lower ? Math.floor(edge * steps) : Math.ceil(edge * steps);
  // A bound that rejects its own limit has to lie beyond the value to be kept.
  const beyond = bound.keeps === "more than" ? -1 : bound.keeps === "less than" ? 1 : 0;
  return (rounded + beyond) / steps;
}

function shareRejected(bound: Bound, values: readonly Value[]): number {
  const rejected = values.filter((value) =>
    typeof value === "number"
      ? !meets(bound, value, 0)
      : !meets(bound, value[0], 0) || !meets(bound, value[1], 1),
  );
  return rejected.length / values.length;
}

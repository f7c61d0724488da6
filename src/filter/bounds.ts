import type { Bound, FactPair, Rule, Side } from "./rule.js";

/** What a rule measures of a pair: one number, or one a side. */
export type Value = number | readonly [source: number, target: number];

/** @param given what a rule that measures many pairs at once measured for this one */
export function measurePair(rule: Rule, pair: FactPair, given?: number): Value {
  if (rule.of === "pairs") return given!;
  if (rule.of === "pair") return rule.measure(pair);
  return [rule.measure(pair.source, 0), rule.measure(pair.target, 1)];
}

export function isKept(rule: Rule, pair: FactPair, value: Value): boolean {
  const within =
    typeof value === "number"
      ? isWithin(rule.bounds, value, 0)
      : isWithin(rule.bounds, value[0], 0) && isWithin(rule.bounds, value[1], 1);
  return within || rule.exempts?.(pair) === true;
}

function isWithin(bounds: readonly Bound[], value: number, side: Side): boolean {
  for (const bound of bounds) if (!meets(bound, value, side)) return false;
  return true;
}

/** NaN meets no bound. */
export function meets({ keeps, limits }: Bound, value: number, side: Side): boolean {
  const limit = limits[side];
  if (keeps === "at least") return value >= limit;
  if (keeps === "more than") return value > limit;
  if (keeps === "at most") return value <= limit;
  return value < limit;
}

import { meets, type Value } from "./bounds.js";
import type { Rejection } from "./chain.js";
import { type Bound, SIDES, type Side } from "./rule.js";

/** A rejection in a line: `LengthRatioFilter: 7.333, expected less than 3`. */
export function describeRejection({ by: { name, rule }, value, said }: Rejection): string {
  if (said !== undefined) return `${name}: ${said}`;
  const broken = findBroken(rule.bounds, value);
  if (!broken) return name;
  const { bound, side, number } = broken;
  const where = side === undefined ? "" : `${SIDES[side]} `;
  if (bound.option === "") return side === undefined ? name : `${name}: ${SIDES[side]}`;
  return `${name}: ${where}${formatNumber(number)}, expected ${bound.keeps} ${formatNumber(bound.limits[side ?? 0])}`;
}

function findBroken(bounds: readonly Bound[], value: Value) {
  const numbers = typeof value === "number" ? [value] : value;
  for (const [side, number] of numbers.entries())
    for (const bound of bounds)
      if (!meets(bound, number, side as Side))
        return { bound, number, side: numbers.length === 1 ? undefined : (side as Side) };
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

import { isKept, type Value } from "../../src/filter/bounds.js";
import type { ChainRule, Findings } from "../../src/filter/chain.js";
import type { Bound, Rule } from "../../src/filter/rule.js";
import { suggestBounds } from "../../src/filter/suggest.js";

/** A rule of a chain that was tuned: its place in the chain, and its bounds. */
export interface TunedRule {
  index: number;
  rule: Rule;
  limits: Record<string, number | readonly [number, number]>;
}

/** How the loss is shared by the rules. */
export interface Shares {
  /** How much more of it a rule may have than another; 1 if it is not named. */
  weights: Readonly<Record<string, number>>;
  /** Rules that have one bound for both sides. */
  oneForBoth: readonly string[];
}

/**
 * Bounds that lose at most `loss` of good pairs together: each rejects at most a share of a side, the same for all rules
 * but for their weights, and rules without a threshold that lose more than that share are left out. The largest such
 * share of a row of them is taken. Only good pairs are looked at, so that nothing is known of the noise.
 */
export function tuneChain(
  chain: readonly ChainRule[],
  good: readonly Findings[],
  loss: number,
  { weights, oneForBoth }: Shares,
): TunedRule[] {
  let best: TunedRule[] = [];
  const banned = new Set<number>();
  for (let share = 0.0002; share < loss; ) {
    const tuned = chain.flatMap((by, index) => {
      if (banned.has(index)) return [];
      const allowed = share * (weights[by.name] ?? 1);
      const values = good.map((findings) => findings.values[index]);
      const found = tuneRule(by, values, allowed, oneForBoth.includes(by.name));
      return found ? [{ index, ...found }] : [];
    });
    const lost = good.filter((findings) => !keeps(tuned, findings)).length / good.length;
    if (lost <= loss) {
      best = tuned;
      share *= 1.05;
      continue;
    }
    // A rule that is all or nothing may be too much where others still have room.
    const added = tuned.find(
      ({ index, limits }) => Object.keys(limits).length === 0 && !best.some((rule) => rule.index === index),
    );
    if (!added) break;
    banned.add(added.index);
  }
  return best;
}

/** Whether a tuned chain keeps a pair. */
export function keeps(tuned: readonly TunedRule[], { values }: Findings): boolean {
  return tuned.every(({ index, rule }) =>
    isKept({ ...rule, exempts: undefined }, undefined as never, values[index]),
  );
}

function tuneRule(
  { rule }: ChainRule,
  values: readonly Value[],
  share: number,
  oneForBoth: boolean,
): Omit<TunedRule, "index"> | undefined {
  const suggestions = suggestBounds(rule, values, share, () => !oneForBoth).filter(
    ({ neverKept }) => neverKept < 1,
  );
  const limits = Object.fromEntries(suggestions.map(({ option, value }) => [option, value]));
  const bounds = rule.bounds.map((bound): Bound => {
    const value = limits[bound.option];
    if (value === undefined) return bound;
    return { ...bound, limits: typeof value === "number" ? [value, value] : value };
  });
  const tuned = { ...rule, bounds, exempts: undefined };
  const lost = values.filter((value) => !isKept(tuned, undefined as never, value)).length / values.length;
  const tunable = suggestions.length === rule.bounds.length;
  return tunable || lost <= share ? { rule: tuned, limits } : undefined;
}

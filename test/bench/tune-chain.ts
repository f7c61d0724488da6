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

/** How much more of the loss a rule may have than another; 1 if it is not named. */
export type Weights = Readonly<Record<string, number>>;

/**
 * Bounds that lose at most `loss` of good pairs together: each rejects at most a share of a side, the same for all rules
 * but for their weights, and rules without a threshold that lose more than that share are left out. The largest such
 * share of a row of them is taken. Only good pairs are looked at, so that nothing is known of the noise.
 */
export function tuneChain(
  chain: readonly ChainRule[],
  good: readonly Findings[],
  loss: number,
  weights: Weights,
  oneForBoth: readonly string[],
): TunedRule[] {
  let best: TunedRule[] = [];
  for (let share = 0.0002; share < loss; share *= 1.05) {
    const tuned = chain.flatMap((by, index) => {
      const allowed = share * (weights[by.name] ?? 1);
      const found = tuneRule(
        by,
        good.map(({ values }) => values[index]),
        allowed,
        oneForBoth.includes(by.name),
      );
      return found ? [{ index, ...found }] : [];
    });
    const lost = good.filter((findings) => !keeps(tuned, findings)).length / good.length;
    if (lost > loss) break;
    best = tuned;
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
  const suggestions = suggestBounds(rule, values, share, () => !oneForBoth);
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

import { defineRule } from "../rule.js";
import { both, number, ruleOptions, share } from "../rule-options.js";
import { tokensOf } from "../tokens.js";

export const highScoreGuardFilter = defineRule({
  name: "HighScoreGuardFilter",
  origin: "crisscross",
  description:
    "For pairs with a score above from: the share of the shorter side's words that the other side has, too. It rejects copies, which score higher than translations.",
  options: ruleOptions({
    from: number(0.95).describe("Keep pairs with at most this score, or with none."),
    threshold: share(0.6).describe("Keep smaller shares."),
  }),
  create: ({ from, threshold }) => ({
    of: "pair",
    measure: ({ pair: { score = Number.NEGATIVE_INFINITY }, source, target }) =>
      score > from ? overlap(tokensOf(source.text), tokensOf(target.text)) : 0,
    bounds: [{ option: "threshold", keeps: "less than", limits: both(threshold) }],
  }),
});

function overlap(a: readonly string[], b: readonly string[]): number {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const known = new Set(longer);
  return shorter.length === 0 ? 0 : shorter.filter((token) => known.has(token)).length / shorter.length;
}

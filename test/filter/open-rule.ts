import createHash from "xxhash-wasm";
import { isKept, measurePair, type Value } from "../../src/filter/bounds.js";
import { withFacts } from "../../src/filter/chain.js";
import type { Rule } from "../../src/filter/rule.js";
import type { RuleContext } from "../../src/filter/rule-context.js";
import { RULES } from "../../src/filter/rules.js";
import type { Pair } from "../../src/types/bitexts.js";

const { h64 } = await createHash();

/** A rule as a configuration would make it; what a test does not give, it has no use for. */
export async function openRule(
  name: string,
  options: object = {},
  context: Partial<RuleContext> = {},
): Promise<Rule> {
  const kind = RULES.find((one) => one.name === name)!;
  return kind.create(kind.options.parse(options), {
    input: "test",
    hash: h64,
    tell: () => {},
    ...context,
  } as RuleContext);
}

export interface Verdict {
  value: Value;
  kept: boolean;
}

/** What a rule measures of two texts, and whether it keeps them. */
export function judgeTexts(rule: Rule, source: string, target: string, pair: Partial<Pair> = {}): Verdict {
  const facts = withFacts({ source, target, line: 1, ...pair });
  const value = measurePair(rule, facts);
  const kept = isKept(rule, facts, value);
  if (kept) rule.admit?.(facts);
  return { value, kept };
}

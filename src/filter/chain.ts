import type { Pair } from "../types/bitexts.js";
import { isKept, measurePair, type Value } from "./bounds.js";
import type { FactPair, Rule } from "./rule.js";
import { TextFacts } from "./text-facts.js";

/** A rule of a chain, by the name that messages and counts call it. */
export interface ChainRule {
  name: string;
  rule: Rule;
}

/** Why a pair was rejected. */
export interface Rejection {
  by: ChainRule;
  value: Value;
  /** In the rule's own words, where it has some. */
  said?: string;
}

export function withFacts(pair: Pair): FactPair {
  return { pair, source: new TextFacts(pair.source), target: new TextFacts(pair.target) };
}

/** The first rule of the chain that rejects each pair, if any does; later rules do not look at it. */
export async function judge(
  chain: readonly ChainRule[],
  pairs: readonly Pair[],
): Promise<(Rejection | undefined)[]> {
  const rejections = new Array<Rejection | undefined>(pairs.length).fill(undefined);
  let left = pairs.map((pair, index) => ({ index, facts: withFacts(pair) }));
  for (const by of chain) {
    const { rule } = by;
    const values = rule.of === "pairs" ? await rule.measure(left.map(({ facts }) => facts)) : undefined;
    left = left.filter(({ index, facts }, place) => {
      const value = measurePair(rule, facts, values?.[place]);
      if (isKept(rule, facts, value)) {
        rule.admit?.(facts);
        return true;
      }
      rejections[index] = { by, value, said: rule.reason?.() };
      return false;
    });
  }
  return rejections;
}

/** What every rule of a chain says about a pair. */
export interface Findings {
  pair: Pair;
  /** A rule's value; the rules in their order. */
  values: Value[];
  /** The rules that reject it, in their order; the chain's verdict is the first one's. */
  rejectedBy: ChainRule[];
}

/**
 * Measures every pair with every rule, and lists all that reject it. The first of them is the one that `judge` gives.
 */
export async function examine(chain: readonly ChainRule[], pairs: readonly Pair[]): Promise<Findings[]> {
  const facts = pairs.map(withFacts);
  const all = pairs.map((pair): Findings => ({ pair, values: [], rejectedBy: [] }));
  for (const by of chain) {
    const { rule } = by;
    const given = rule.of === "pairs" ? await rule.measure(facts) : undefined;
    for (const [index, { values, rejectedBy }] of all.entries()) {
      const value = measurePair(rule, facts[index], given?.[index]);
      values.push(value);
      if (!isKept(rule, facts[index], value)) rejectedBy.push(by);
      else if (rejectedBy.length === 0) rule.admit?.(facts[index]);
    }
  }
  return all;
}

import type { z } from "zod";
import type { Pair } from "../types/bitexts.js";
import type { SideName } from "../types/texts.js";
import type { RuleContext } from "./rule-context.js";
import type { TextFacts } from "./text-facts.js";

/** 0 is the source, 1 the target. */
export type Side = 0 | 1;
export const SIDES: readonly SideName[] = ["source", "target"];

/** A pair with what is known of its sides. */
export interface FactPair {
  pair: Pair;
  source: TextFacts;
  target: TextFacts;
}

/** Within which values a pair is kept. */
export interface Bound {
  /** The option that holds it. */
  option: string;
  keeps: "at least" | "more than" | "at most" | "less than";
  /** For the source and for the target; twice the same for what is measured of both together. */
  limits: readonly [source: number, target: number];
  /** Set where the option changes what is measured; then measurements say nothing about another value of it. */
  measured?: true;
}

/** How a rule takes its value: of each side, of both together, or of many pairs at once where that is faster. */
export type Measure =
  | { of: "side"; measure(text: TextFacts, side: Side): number }
  | { of: "pair"; measure(pair: FactPair): number }
  | { of: "pairs"; measure(pairs: readonly FactPair[]): Promise<ArrayLike<number>> };

/**
 * A rule with its options: it measures, and its bounds decide. That is why it can be explained, sampled and suggested
 * for.
 */
export type Rule = Measure & {
  bounds: readonly Bound[];
  /** Pairs that are kept whatever they measure. */
  exempts?(pair: FactPair): boolean;
  /** Called with each pair that reached this rule and was kept by it, before the next one is measured. */
  admit?(pair: FactPair): void;
  /** Why the pair that was measured last breaks the rule, where the value does not say so. */
  reason?(): string | undefined;
};

/** A rule that a configuration can name. */
// biome-ignore lint/suspicious/noExplicitAny: each kind has options of its own, checked by its schema.
export interface RuleKind<Schema extends z.ZodObject = any> {
  name: string;
  /** The tool whose rule has this name and meaning. */
  origin: "OpusFilter" | "Bicleaner hardrules" | "crisscross";
  /** What it measures and what it keeps, in a sentence. */
  description: string;
  options: Schema;
  create(options: z.output<Schema>, context: RuleContext): Rule | Promise<Rule>;
}

/** Gives a rule's `create` the types of its schema. */
export function defineRule<Schema extends z.ZodObject>(kind: RuleKind<Schema>): RuleKind {
  return kind;
}

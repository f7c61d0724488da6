import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkWhole } from "../../check-values.js";
import { examine, type Findings } from "../../filter/chain.js";
import { describeRejection } from "../../filter/describe.js";
import type { PairInput } from "../../read/pairs/read-pairs.js";
import { drawSample } from "./draw-sample.js";
import { FILTER_CHOICES, type FilterChoices, openFilter } from "./open-filter.js";

/** The rules, and how many pairs are drawn. */
export interface SampleOptions extends FilterChoices {
  /** How many pairs are looked at. @default 1000 */
  size?: number;
  /** Which ones. @default 0 */
  seed?: number;
  /** How many pairs are shown of each rule. @default 3 */
  examples?: number;
}

/** The names of `SampleOptions`. */
export const SAMPLE_OPTIONS: OptionNames<SampleOptions> = {
  ...FILTER_CHOICES,
  size: true,
  seed: true,
  examples: true,
};

/** What one rule of a chain would drop of a sample. */
export interface RuleSample {
  /** The rule's name. */
  rule: string;
  /** Pairs that it rejects, whatever the other rules say. */
  drops: number;
  /** Pairs that it alone rejects. */
  alone: number;
  /** First of those that it alone rejects, then of the others. */
  examples: {
    /** The pair's place in the bitext, from 1. */
    line: number;
    /** Why the rule rejects it. */
    reason: string;
    /** The source's text. */
    source: string;
    /** The target's text. */
    target: string;
  }[];
}

/** What each rule alone would reject of a sample. */
export interface SampleReport {
  /** Pairs in the bitext. */
  pairs: number;
  /** Pairs that were drawn. */
  sampled: number;
  /** Those of them that every rule keeps. */
  kept: number;
  /** Of each rule in the chain's order. */
  rules: RuleSample[];
}

/** Shows on a random sample of a bitext what each rule of the chain would drop alone, with examples. */
export async function sampleRules(input: PairInput, options: SampleOptions = {}): Promise<SampleReport> {
  refuseUnknown("sampleRules", options, SAMPLE_OPTIONS);
  const { size = 1000, seed = 0, examples = 3 } = options;
  checkWhole({ sample: size });
  await using filter = await openFilter(input, options);
  const { pairs, of } = await drawSample(filter.batches, size, seed);
  const findings = await examine(filter.chain, pairs);
  const rules = filter.chain.map((by, index): RuleSample => {
    const dropped = findings.filter(({ rejectedBy }) => rejectedBy.includes(by));
    const alone = dropped.filter(({ rejectedBy }) => rejectedBy.length === 1);
    const shown = [...alone, ...dropped.filter((pair) => !alone.includes(pair))].slice(0, examples);
    const show = ({ pair, values }: Findings) => ({
      line: pair.line,
      reason: describeRejection({ by, value: values[index] }),
      source: pair.source,
      target: pair.target,
    });
    return { rule: by.name, drops: dropped.length, alone: alone.length, examples: shown.map(show) };
  });
  const kept = findings.filter(({ rejectedBy }) => rejectedBy.length === 0).length;
  return { pairs: of, sampled: pairs.length, kept, rules };
}

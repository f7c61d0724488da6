import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { checkNumbers } from "../../check-values.js";
import { examine } from "../../filter/chain.js";
import { RULES } from "../../filter/rules.js";
import { type Suggestion, suggestBounds } from "../../filter/suggest.js";
import type { PairInput } from "../../read/pairs/read-pairs.js";
import { drawSample } from "./draw-sample.js";
import { FILTER_CHOICES, type FilterChoices, openFilter } from "./open-filter.js";

/** The rules, and the share of pairs that each of their bounds may reject. */
export interface SuggestOptions extends FilterChoices {
  /** Share of the pairs that each bound may reject on each side. @default 0.01 */
  share?: number;
  /** How many pairs are measured, drawn at random. @default 100,000 */
  size?: number;
  /** Which ones. @default 0 */
  seed?: number;
}

/** The names of `SuggestOptions`. */
export const SUGGEST_OPTIONS: OptionNames<SuggestOptions> = {
  ...FILTER_CHOICES,
  share: true,
  size: true,
  seed: true,
};

/** Bounds for each rule, by what it measures in this bitext. */
export interface SuggestReport {
  /** Pairs in the bitext. */
  pairs: number;
  /** Pairs that were measured. */
  measured: number;
  /** The share of the pairs that each bound may reject on each side. */
  share: number;
  /** Of source and target. */
  languages?: readonly [source: string, target: string];
  /** Of each rule in the chain's order. */
  rules: RuleSuggestions[];
}

/** A rule of the chain as it stands, and what is suggested for its bounds. */
export interface RuleSuggestions {
  /** The rule's name. */
  rule: string;
  /** The file of a rule of one's own. */
  module?: string;
  /** Its options as they are. */
  options: Record<string, unknown>;
  /** Values for those of them that are bounds. */
  suggestions: Suggestion[];
}

/** Suggests thresholds for the rules of a chain from what they measure of a bitext. Nothing is filtered by them. */
export async function suggestThresholds(
  input: PairInput,
  options: SuggestOptions = {},
): Promise<SuggestReport> {
  refuseUnknown("suggestThresholds", options, SUGGEST_OPTIONS);
  const { share = 0.01, size = 100_000, seed = 0 } = options;
  checkNumbers({ share }, "a number from 0 to below 1", (value) => value >= 0 && value < 1);
  await using filter = await openFilter(input, options);
  const { pairs, of } = await drawSample(filter.batches, size, seed);
  const findings = await examine(filter.chain, pairs);
  const rules = filter.configuration.filters.map((entry, index): RuleSuggestions => {
    const { rule, module } = entry;
    const options = entry.options as Record<string, unknown>;
    const values = findings.map((found) => found.values[index]);
    const suggestions = suggestBounds(filter.chain[index].rule, values, share, (option) =>
      Array.isArray(options[option]),
    );
    const allowed = ({ option, value }: Suggestion) => canBe(rule, { ...options, [option]: value });
    return { rule, module, options, suggestions: suggestions.filter(allowed) };
  });
  return { pairs: of, measured: pairs.length, share, languages: filter.configuration.languages, rules };
}

/** Whether a rule accepts these options: a quantile may lie outside of what its threshold can be. */
const canBe = (rule: string, options: unknown) =>
  RULES.find(({ name }) => name === rule)?.options.safeParse(options).success === true;

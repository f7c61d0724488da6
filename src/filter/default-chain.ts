/**
 * The chain that is used without a configuration: it rejects what is hardly ever a translation, in any language. Rules
 * that know no language come first, since they are fast.
 */
export const DEFAULT_CHAIN: readonly Readonly<Record<string, Record<string, unknown>>>[] = [
  { LengthFilter: { min_length: 1, max_length: 1000, unit: "char" } },
  { no_identical: {} },
  { LengthRatioFilter: { threshold: 3, unit: "char", by_script: true } },
  { LongWordFilter: { part_unspaced: true } },
  { AlphabetRatioFilter: { threshold: 0.5 } },
  { RepetitionFilter: {} },
  { HtmlTagFilter: {} },
  { no_literals: {} },
  { no_breadcrumbs: {} },
  { no_unicode_noise: {} },
  { no_space_noise: {} },
  { no_escaped_unicode: {} },
  { NumberMatchFilter: {} },
  { AddressMatchFilter: {} },
  { DuplicateFilter: {} },
];

/** These follow where the languages are known. */
export const LANGUAGE_CHAIN: typeof DEFAULT_CHAIN = [
  { CharacterScoreFilter: { thresholds: 0.5 } },
  { LanguageFilter: {} },
];

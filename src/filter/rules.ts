import type { RuleKind } from "./rule.js";
import { addressMatchFilter } from "./rules/address-match-filter.js";
import { alphabetRatioFilter } from "./rules/alphabet-ratio-filter.js";
import { averageWordLengthFilter } from "./rules/average-word-length-filter.js";
import { characterScoreFilter } from "./rules/character-score-filter.js";
import { cld2Filter } from "./rules/cld2-filter.js";
import { duplicateFilter } from "./rules/duplicate-filter.js";
import { fastTextFilter } from "./rules/fast-text-filter.js";
import {
  heliportConfidenceFilter,
  heliportProbabilityFilter,
  heliportSimpleFilter,
} from "./rules/heliport-filters.js";
import { highScoreGuardFilter } from "./rules/high-score-guard-filter.js";
import { htmlTagFilter } from "./rules/html-tag-filter.js";
import { initialCaseFilter } from "./rules/initial-case-filter.js";
import { langidFilter } from "./rules/langid-filter.js";
import { languageFilter } from "./rules/language-filter.js";
import { languageIdFilter } from "./rules/language-id-filter.js";
import { lengthFilter } from "./rules/length-filter.js";
import { lengthRatioFilter } from "./rules/length-ratio-filter.js";
import { linguaFilter } from "./rules/lingua-filter.js";
import { longWordFilter } from "./rules/long-word-filter.js";
import { longestCommonSubstringFilter } from "./rules/longest-common-substring-filter.js";
import { noBadEncoding } from "./rules/no-bad-encoding.js";
import { noBreadcrumbs } from "./rules/no-breadcrumbs.js";
import { noEscapedUnicode } from "./rules/no-escaped-unicode.js";
import { noGluedWords } from "./rules/no-glued-words.js";
import { noIdentical } from "./rules/no-identical.js";
import { noLiterals } from "./rules/no-literals.js";
import { noNumberInconsistencies } from "./rules/no-number-inconsistencies.js";
import { noOnlyNumbers } from "./rules/no-only-numbers.js";
import { noOnlySymbols } from "./rules/no-only-symbols.js";
import { noParen } from "./rules/no-paren.js";
import { noRepeatedWords } from "./rules/no-repeated-words.js";
import { noScriptInconsistencies } from "./rules/no-script-inconsistencies.js";
import { noSpaceNoise } from "./rules/no-space-noise.js";
import { noTitles } from "./rules/no-titles.js";
import { noUnicodeNoise } from "./rules/no-unicode-noise.js";
import { noUrls } from "./rules/no-urls.js";
import { nonZeroNumeralsFilter } from "./rules/non-zero-numerals-filter.js";
import { numberMatchFilter } from "./rules/number-match-filter.js";
import { punctuationRatioFilter } from "./rules/punctuation-ratio-filter.js";
import { quoteFilter } from "./rules/quote-filter.js";
import { regExpFilter } from "./rules/reg-exp-filter.js";
import { repeatedCharacterFilter } from "./rules/repeated-character-filter.js";
import { repeatedNgramFilter } from "./rules/repeated-ngram-filter.js";
import { repetitionFilter } from "./rules/repetition-filter.js";
import { scoreFilter } from "./rules/score-filter.js";
import { sentenceEmbeddingFilter } from "./rules/sentence-embedding-filter.js";
import { similarityFilter } from "./rules/similarity-filter.js";
import { terminalMarkFilter } from "./rules/terminal-mark-filter.js";
import { terminalPunctuationFilter } from "./rules/terminal-punctuation-filter.js";
import { testSetFilter } from "./rules/test-set-filter.js";

/** Every rule that a configuration can name, in the order of the table. */
export const RULES: readonly RuleKind[] = [
  lengthFilter,
  lengthRatioFilter,
  longWordFilter,
  averageWordLengthFilter,
  alphabetRatioFilter,
  characterScoreFilter,
  fastTextFilter,
  languageIdFilter,
  langidFilter,
  cld2Filter,
  linguaFilter,
  heliportSimpleFilter,
  heliportConfidenceFilter,
  heliportProbabilityFilter,
  terminalPunctuationFilter,
  nonZeroNumeralsFilter,
  longestCommonSubstringFilter,
  similarityFilter,
  repetitionFilter,
  htmlTagFilter,
  regExpFilter,
  sentenceEmbeddingFilter,
  noIdentical,
  noLiterals,
  noOnlyNumbers,
  noOnlySymbols,
  noUrls,
  noBreadcrumbs,
  noGluedWords,
  noRepeatedWords,
  noUnicodeNoise,
  noSpaceNoise,
  noParen,
  noEscapedUnicode,
  noBadEncoding,
  noTitles,
  noNumberInconsistencies,
  noScriptInconsistencies,
  languageFilter,
  punctuationRatioFilter,
  repeatedCharacterFilter,
  repeatedNgramFilter,
  numberMatchFilter,
  terminalMarkFilter,
  initialCaseFilter,
  quoteFilter,
  addressMatchFilter,
  duplicateFilter,
  testSetFilter,
  scoreFilter,
  highScoreGuardFilter,
];

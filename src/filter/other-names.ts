/** What other tools call a rule, or a step, that has another name here. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["LanguageIDFilter", "FastTextFilter"],
  ["LangidFilter", "FastTextFilter"],
  ["Cld2Filter", "FastTextFilter"],
  ["LinguaFilter", "FastTextFilter"],
  ["no_wrong_language", "FastTextFilter"],
  ["no_empty", "LengthFilter"],
  ["not_too_long", "LengthFilter"],
  ["not_too_short", "LengthFilter"],
  ["length_ratio", "LengthRatioFilter"],
  ["remove_duplicates", "DuplicateFilter"],
]);

const NO_LANGUAGE_MODEL =
  "There are no language models; write their scores into the bitext and use ScoreFilter. ";

/** Rules of other tools that there is none for here, and what does that work. */
export const INSTEAD: ReadonlyMap<string, string> = new Map([
  [
    "WordAlignFilter",
    "For how well words match, run crisscross score --score adequacy and use ScoreFilter. ",
  ],
  ["CrossEntropyFilter", NO_LANGUAGE_MODEL],
  ["CrossEntropyDifferenceFilter", NO_LANGUAGE_MODEL],
  ["LMClassifierFilter", NO_LANGUAGE_MODEL],
  ["lm_filter", NO_LANGUAGE_MODEL],
]);

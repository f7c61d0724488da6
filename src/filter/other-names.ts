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

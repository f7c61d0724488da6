/**
 * Languages that are not told apart: sentences of one are often taken for the other
 * (`node dist/test/bench/language-filter.js --mistaken` counts them). A language may be in several groups.
 */
export const NEAR_LANGUAGES: readonly (readonly string[])[] = [
  ["af", "nl"],
  ["ar", "arz"],
  ["ast", "ca", "es", "gl", "pt"],
  ["az", "azb", "tr"],
  ["be", "ru"],
  ["be", "uk"],
  ["bg", "mk"],
  ["bs", "hr", "sh", "sl", "sr"],
  ["ca", "oc"],
  ["ceb", "tl", "war"],
  ["cs", "sk"],
  ["da", "nn", "no"],
  ["de", "gsw"],
  ["eo", "io"],
  ["fa", "mzn"],
  ["he", "yi"],
  ["id", "ms"],
  ["mk", "sr"],
  ["pnb", "ur"],
  ["tk", "tr"],
  ["tr", "uz"],
  ["wuu", "yue", "zh"],
];

/** A language and all that are not told apart from it. */
export function nearTo(
  language: string,
  groups: readonly (readonly string[])[] = NEAR_LANGUAGES,
): ReadonlySet<string> {
  const [base] = language.split("-");
  return new Set([base, ...groups.filter((group) => group.includes(base)).flat()]);
}

/** Groups as they are typed: languages joined by +, groups by commas. */
export function formatGroups(groups: readonly (readonly string[])[]): string {
  return groups.map((group) => group.join("+")).join(",");
}

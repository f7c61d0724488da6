/**
 * Languages that are written in several scripts today, the usual one first, by their codes in ISO 15924: CLDR's
 * languageData without scripts of the past, and Latin where an alphabet of a state has changed to it.
 */
const SEVERAL: Readonly<Record<string, string>> = {
  ace: "Latn Arab",
  az: "Latn Cyrl Arab",
  ban: "Latn Bali",
  be: "Cyrl Latn",
  bjn: "Latn Arab",
  bm: "Latn Nkoo",
  bs: "Latn Cyrl",
  cr: "Cans Latn",
  crh: "Cyrl Latn",
  diq: "Latn Arab",
  ff: "Latn Adlm",
  gom: "Deva Latn",
  ha: "Latn Arab",
  iu: "Cans Latn",
  jv: "Latn Java",
  kaa: "Cyrl Latn",
  kk: "Cyrl Latn Arab",
  kr: "Latn Arab",
  ks: "Arab Deva",
  ku: "Latn Arab Cyrl",
  ky: "Cyrl Arab Latn",
  lad: "Latn Hebr",
  lfn: "Latn Cyrl",
  mn: "Cyrl Mong",
  mni: "Beng Mtei",
  ms: "Latn Arab",
  oj: "Cans Latn",
  pa: "Guru Arab",
  rom: "Latn Cyrl",
  sat: "Olck Deva Beng Orya Latn",
  sd: "Arab Deva",
  sh: "Latn Cyrl",
  shi: "Tfng Latn Arab",
  sr: "Cyrl Latn",
  su: "Latn Sund",
  tg: "Cyrl Arab Latn",
  tk: "Latn Cyrl Arab",
  tt: "Cyrl Latn",
  tzm: "Latn Tfng",
  ug: "Arab Cyrl Latn",
  uz: "Latn Cyrl Arab",
  wo: "Latn Arab",
  wuu: "Hans Hant",
  yue: "Hant Hans",
  zh: "Hans Hant",
};

/**
 * The scripts that a language is written in, the usual one first; the one that its code names, of sr-Latn. None where they
 * are not known.
 */
export function scriptsOfLanguage(code: string): readonly string[] {
  const [language, script] = code.split("-");
  if (script) return [script];
  if (Object.hasOwn(SEVERAL, language)) return SEVERAL[language].split(" ");
  const usual = new Intl.Locale(language).maximize().script;
  return usual ? [usual] : [];
}

/** Codes that stand for the same as another one here, where Intl does not say so. */
const SAME: ReadonlyMap<string, string> = new Map([
  ["bh", "bho"],
  ["bih", "bho"],
  ["bik", "bcl"],
  ["bua", "bxr"],
  ["chm", "mhr"],
  // Intl takes it for the Serbian of Montenegro, in Latin script alone.
  ["cnr", "sr"],
  ["fil", "tl"],
  ["hbs", "sh"],
  ["kok", "gom"],
  ["lah", "pnb"],
  ["nb", "no"],
  ["nob", "no"],
  ["prs", "fa"],
  ["tgl", "tl"],
  ["zza", "diq"],
]);

/** Scripts that are part of a language's mixture, which says no more than the language. */
const WITHIN = new Set(["ja-Hira", "ja-Kana", "ja-Hani", "ko-Hang", "ko-Hani", "zh-Hani"]);

/** What the parts of a tag say; language is as short as ISO 639 has it. */
export interface LanguageTag {
  language: string;
  /** Of ISO 15924, where the tag names one, or its region has another script than is usual: zh-TW is Hant. */
  script?: string;
  /** Whether it names a region that is not the usual one, and says nothing of the script. */
  hasRegion: boolean;
}

/**
 * Takes a tag of BCP 47 apart, or one as corpora write it: de, deu, ger, de_DE, deu_Latn, zh-TW.
 *
 * @param isCode whether a code is to stay as it is, though Intl would change it
 * @returns undefined for what is no tag
 */
export function readLanguageTag(
  typed: string,
  isCode: (code: string) => boolean = () => false,
): LanguageTag | undefined {
  const tag = typed.trim().replaceAll("_", "-");
  const [first, ...rest] = tag.split("-");
  const given = first.toLowerCase();
  const locale = parseLocale([given, ...rest].join("-"));
  if (!locale) return undefined;
  const canonical = parseLocale(given)!.language;
  const language = SAME.get(given) ?? (isCode(given) ? given : (SAME.get(canonical) ?? canonical));
  if (rest.length === 0) return { language, hasRegion: false };
  // Intl adds the script to some codes: sh is sr-Latn.
  const { script, region } = new Intl.Locale(["und", ...rest].join("-"));
  const usual = new Intl.Locale(language).maximize();
  const full = new Intl.Locale([language, script, region].filter(Boolean).join("-")).maximize();
  if (WITHIN.has(`${language}-${script}`)) return { language, hasRegion: false };
  const isTold = script !== undefined || full.script !== usual.script || language === "zh";
  if (isTold) return { language, script: full.script, hasRegion: false };
  return { language, hasRegion: full.region !== usual.region };
}

function parseLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

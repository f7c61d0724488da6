/** Names of languages in these languages stand in addresses, beside those in their own. */
const NAMED_IN = ["en", "fr", "es"];

/** What tells in addresses which of some languages a page is in. */
export interface LanguageMarks {
  /** Whether a text is such a mark: `de`, `de-AT`, `deutsch`, `german`. */
  isMark(text: string): boolean;
}

/** @param languages codes, such as de, zh-Hans */
export function languageMarks(languages: readonly string[]): LanguageMarks {
  const known = languages.map((code) => code.replaceAll("_", "-").toLowerCase()).filter(isCode);
  const codes = new Set(known.map((code) => code.split("-")[0]));
  const names = new Set([...codes].flatMap((code) => namesOf(code, [...codes])));
  return {
    isMark: (text) => {
      const mark = withoutAccents(text);
      const [, code] = /^([a-z]{2,3})(?:[-_](?:[a-z]{2}|[a-z]{4}|\d{3}))?$/.exec(mark) ?? [];
      return names.has(mark) || (code !== undefined && codes.has(code));
    },
  };
}

/** What is no code of a language, such as `x-default`, tells none. */
const isCode = (code: string) => /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/.test(code) && code !== "und";

function namesOf(code: string, languages: readonly string[]): string[] {
  return [...new Set([code, ...languages, ...NAMED_IN])].flatMap((speaker) => {
    const name = new Intl.DisplayNames(speaker, { type: "language", fallback: "none" }).of(code);
    return name === undefined ? [] : withoutAccents(name);
  });
}

const withoutAccents = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

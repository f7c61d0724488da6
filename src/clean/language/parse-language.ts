import { OptionError } from "../../errors.js";
import { scriptsOfLanguage } from "../../text/language-scripts.js";
import { readLanguageTag } from "../../text/language-tag.js";
import { nearestName } from "../../text/nearest-name.js";
import { KNOWN_LANGUAGES } from "./known-languages.js";

/**
 * The identifier's code of a language as users type it: `de`, `deu`, `ger`, `de-DE`, `cmn`, `zh-TW`, `sr-Latn`. A script
 * stays where the language is written in several.
 *
 * @param known the codes that an identifier tells
 * @throws OptionError for one that the identifier does not know or cannot tell apart, with the nearest that it does
 */
export function parseLanguage(typed: string, known: ReadonlySet<string> = KNOWN_LANGUAGES): string {
  if (typed.trim().toLowerCase() === "als")
    throw new OptionError('"als" is Tosk Albanian in ISO 639-3 and Alemannic in fastText.', {
      advice: "Say sq or gsw, whichever is meant.",
    });
  const tag = readLanguageTag(typed, (code) => known.has(code));
  if (!tag) throw unknown(typed, known);
  const { language, script, hasRegion } = tag;
  const code = script ? `${language}-${script}` : language;
  if (known.has(code) && !hasRegion) return code;
  if (!known.has(language)) {
    // A model may know a language in one script alone.
    if (!script && [...known].some((other) => other.startsWith(`${language}-`))) return language;
    throw unknown(typed, known);
  }
  const scripts = scriptsOfLanguage(language);
  if (script && scripts.includes(script)) return scripts.length > 1 ? code : language;
  if (script)
    throw new OptionError(
      `${JSON.stringify(typed)}: ${nameOf(language)} is not known to be written in ${nameOfScript(script)}, only in ${scripts.map(nameOfScript).join(" and ")}.`,
      { advice: `Say ${language}.` },
    );
  throw new OptionError(`${JSON.stringify(typed)}: regions are not told apart.`, {
    advice: `Say ${language}.`,
  });
}

/**
 * The same, but of any language that has a name: which of them can be told is a matter of the model.
 *
 * @throws OptionError for what is no language, or names a region
 */
export function parseAnyLanguage(typed: string): string {
  const tag = readLanguageTag(typed, (code) => KNOWN_LANGUAGES.has(code));
  const isNamed = tag && !tag.hasRegion && nameOf(tag.language) !== tag.language;
  if (!isNamed || KNOWN_LANGUAGES.has(tag.language)) return parseLanguage(typed);
  return tag.script ? `${tag.language}-${tag.script}` : tag.language;
}

const nameOf = (language: string) => new Intl.DisplayNames("en", { type: "language" }).of(language)!;

function nameOfScript(script: string): string {
  return `${new Intl.DisplayNames("en", { type: "script" }).of(script)} (${script})`;
}

/** Whether it is written as a code, of which one with another letter is another language. */
const isCode = (typed: string) => /^[a-z]{2,3}(?![a-z])/i.test(typed.trim());

/** The language of a country whose code was typed for it: `jp` for `ja`, `cz` for `cs`. */
function languageOfCountry(typed: string, known: ReadonlySet<string>): string | undefined {
  const region = typed.trim().toUpperCase();
  if (
    !/^[A-Z]{2}$/.test(region) ||
    !new Intl.DisplayNames("en", { type: "region", fallback: "none" }).of(region)
  )
    return undefined;
  const { language } = new Intl.Locale(`und-${region}`).maximize();
  return language !== undefined && known.has(language) ? language : undefined;
}

/** Offers a language whose code or name, in English or in itself, is nearly that. */
function unknown(typed: string, known: ReadonlySet<string>): OptionError {
  const codes = new Map<string, string>();
  for (const code of known) for (const name of namesOf(code)) if (!codes.has(name)) codes.set(name, code);
  const code = isCode(typed)
    ? languageOfCountry(typed, known)
    : codes.get(nearestName(typed.trim(), codes.keys()) ?? "");
  return new OptionError(
    `${JSON.stringify(typed)} is not a language that can be identified; expected a code of ISO 639 such as de, deu or zh-Hant.`,
    { advice: code && `Did you mean ${code} (${nameOf(code)})?` },
  );
}

/** A code and its names; a model may have labels that are codes of no language. */
function namesOf(code: string): string[] {
  if (!readLanguageTag(code, () => false)) return [];
  return [code, nameOf(code), new Intl.DisplayNames(code, { type: "language" }).of(code)!];
}

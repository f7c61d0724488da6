import { OptionError } from "../../errors.js";
import { nearestName } from "../../text/nearest-name.js";
import { KNOWN_LANGUAGES } from "./known-languages.js";

/** Codes that the model has another language's or another code for, where Intl does not know it. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["bh", "bho"],
  ["bih", "bho"],
  ["bik", "bcl"],
  ["bua", "bxr"],
  ["fil", "tl"],
  ["hbs", "sh"],
  ["kok", "gom"],
  ["nb", "no"],
  ["nob", "no"],
  ["prs", "fa"],
  ["tgl", "tl"],
  ["zza", "diq"],
]);

/**
 * The identifier's code of a language as users type it: `de`, `deu`, `ger`, `de-DE`, `cmn`, `zh-TW`.
 *
 * @throws OptionError for one that the identifier does not know or cannot tell apart, with the nearest that it does
 */
export function parseLanguage(typed: string): string {
  const tag = typed.trim().replaceAll("_", "-");
  const lower = tag.toLowerCase();
  if (lower === "als")
    throw new OptionError('"als" is Tosk Albanian in ISO 639-3 and Alemannic in fastText.', {
      advice: "Say sq or gsw, whichever is meant.",
    });
  if (KNOWN_LANGUAGES.has(lower)) return lower;
  const alias = ALIASES.get(lower);
  if (alias) return alias;
  const locale = parseLocale(tag);
  const language = ALIASES.get(locale?.language ?? "") ?? locale?.language;
  if (!locale || !language || !KNOWN_LANGUAGES.has(language)) throw unknown(typed);

  const full = locale.maximize();
  const named = locale.script !== undefined || locale.region !== undefined;
  if (named && KNOWN_LANGUAGES.has(`${language}-${full.script}`)) return `${language}-${full.script}`;
  if (!named || full.baseName === new Intl.Locale(locale.language).maximize().baseName) return language;
  throw new OptionError(
    `${JSON.stringify(typed)}: regions and scripts are told apart for Chinese alone (zh-Hans, zh-Hant).`,
    { advice: `Say ${language}.` },
  );
}

function parseLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

/** Offers a language whose code or name, in English or in itself, is nearly that. */
function unknown(typed: string): OptionError {
  const english = new Intl.DisplayNames("en", { type: "language" });
  const codes = new Map<string, string>();
  for (const code of KNOWN_LANGUAGES)
    for (const name of [code, english.of(code)!, new Intl.DisplayNames(code, { type: "language" }).of(code)!])
      if (!codes.has(name)) codes.set(name, code);
  const code = codes.get(nearestName(typed.trim(), codes.keys()) ?? "");
  return new OptionError(
    `${JSON.stringify(typed)} is not a language that can be identified; expected a code of ISO 639 such as de, deu or zh-Hant.`,
    { advice: code && `Did you mean ${code} (${english.of(code)})?` },
  );
}

import { readLanguageTag } from "../../text/language-tag.js";
import { CLASS_PREFIX } from "./fasttext/read-dictionary.js";

/** Alemannic in the codes of Wikipedias, by which lid.176 is labelled, and Tosk Albanian in ISO 639. */
const ALS = "als";

/**
 * The codes of a model's labels: of two letters where ISO 639 has such, else of three; with a script where it is not the
 * usual one, and of Chinese always. Labels may be `__label__de`, `__label__deu_Latn`, `__label__zho_Hans`. One that is no
 * language stays as it is.
 */
export function codesOfLabels(labels: readonly string[]): string[] {
  const names = labels.map((label) =>
    label.startsWith(CLASS_PREFIX) ? label.slice(CLASS_PREFIX.length) : label,
  );
  const isWikipedia = names.includes(ALS) && names.includes("sq");
  return names.map((name) => {
    if (isWikipedia && name === ALS) return "gsw";
    const tag = readLanguageTag(name, (code) => code === "sh");
    if (!tag) return name;
    const { language, script } = tag;
    const isUsual = language !== "zh" && script === new Intl.Locale(language).maximize().script;
    return script && !isUsual ? `${language}-${script}` : language;
  });
}

/** Every code that a text can be identified as by a model with these labels, but und. */
export function knownLanguages({ labels }: { labels: readonly string[] }): ReadonlySet<string> {
  const codes = codesOfLabels(labels);
  return new Set([...codes, ...(codes.includes("zh") ? ["zh-Hans", "zh-Hant"] : [])]);
}

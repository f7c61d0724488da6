import { isLanguage } from "./languages.js";
import { splitOf, templateOf, withoutSuffixes } from "./name-template.js";

/** The file of each language, by split. */
export type TextsBySplit = Map<string, Map<string, string>>;

/**
 * The files of a multi-parallel set: those whose paths differ in a language only (FLORES: `dev/deu_Latn.dev`,
 * `dev/dev.deu_Latn`; NTREX: `newstest2019-ref.deu.txt` and `newstest2019-src.eng.txt`; `deu.txt`; `deu/test.txt`).
 */
export function findTexts(paths: readonly string[]): TextsBySplit {
  const places = paths.flatMap((path) => placesOf(path));
  const sizes = new Map<string, number>();
  for (const { template } of places) sizes.set(template, (sizes.get(template) ?? 0) + 1);
  const best = new Map<string, Place>();
  for (const place of places) {
    const known = best.get(place.path);
    if (!known || sizes.get(place.template)! > sizes.get(known.template)!) best.set(place.path, place);
  }
  const splits: TextsBySplit = new Map();
  for (const { path, language, template } of best.values()) {
    const split = splitOf(template);
    const texts = splits.get(split) ?? new Map();
    if (!texts.has(language)) splits.set(split, texts.set(language, path));
  }
  return new Map([...splits].filter(([, texts]) => texts.size > 1));
}

/** A part of a path that can be its language; the last part first. */
interface Place {
  path: string;
  language: string;
  template: string;
}

function placesOf(path: string): Place[] {
  const stem = withoutSuffixes(path);
  const parts = [...stem.matchAll(/[^./]+/g)].filter(([part]) => isLanguage(part)).reverse();
  return parts.map(({ 0: language, index }) => ({
    path,
    language,
    template: templateOf(stem, index, index + language.length),
  }));
}

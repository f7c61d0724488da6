import { OptionError } from "../../../errors.js";

/** A code with its script, region or variety: `de`, `deu`, `deu_Latn`, `zho-CN`, `cat_Latn_vale1252`. */
const CODE = /^[a-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:[-_][a-z]{4}\d{4})?$/;

/** What names of files call a split or a role, and no language. */
const NO_LANGUAGE = new Set(["dev", "tst", "src", "ref", "trg", "tgt", "hyp"]);

/** Whether a part of a file's name can be the code of a language. */
export function isLanguage(part: string): boolean {
  return CODE.test(part) && !NO_LANGUAGE.has(part);
}

/** One code for a language that has several: `deu` is `de`, `cmn` is `zh`, `deu_Latn` is `de-Latn`, `nob` is `no`. */
export function canonical(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.replaceAll("_", "-"))[0].replace(/^nb\b/, "no");
  } catch {
    return language;
  }
}

/**
 * The language of a folder that is meant: the one of that name, else of the same code in another standard, else the
 * only one that adds a script or a region to it.
 *
 * @returns undefined if there is none
 * @throws OptionError if it may be several
 */
export function findLanguage(asked: string, present: readonly string[]): string | undefined {
  const code = canonical(asked);
  const same = present.filter((language) => canonical(language) === code);
  const exact = present.includes(asked) ? asked : same.length === 1 ? same[0] : undefined;
  if (exact !== undefined) return exact;
  const wider =
    same.length > 0 ? same : present.filter((language) => canonical(language).split("-")[0] === code);
  if (wider.length > 1)
    throw new OptionError(`${asked} may be ${wider.join(" or ")}.`, { advice: "Name one of them." });
  return wider[0];
}

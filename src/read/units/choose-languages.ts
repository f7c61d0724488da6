import { OptionError } from "../../errors.js";
import { option, say } from "../../wording.js";
import { matchLanguage } from "../match-language.js";
import type { Languages, Unit, Variant } from "./unit.js";

/** @throws OptionError if two languages that are asked for are the same */
export function checkLanguages(languages: Languages): Languages {
  const [source, target] = languages;
  if (languages.length === 2 && source && target && matchLanguage(source, target) < 3) return languages;
  throw new OptionError(
    say`${option("languages")} is ${languages.join(", ")}; expected two different languages.`,
  );
}

/**
 * The two languages of a document whose first unit this is: its srclang, or the first variant's, and the other one.
 *
 * @returns what is wrong, where the unit has no two languages or more
 */
export function findLanguages({ variants }: Unit, srclang?: string): Languages | string {
  const found = [...new Set(variants.flatMap(({ language }) => language ?? []))];
  const isSource = (language: string) => srclang !== undefined && matchLanguage(srclang, language) > 0;
  const named = found.find(isSource);
  const others = found.filter((language) => language !== (named ?? found[0]));
  // Of srclang en the next unit may be in en-GB, though this one is in en-US.
  if (others.length === 1) return [named === undefined ? found[0] : srclang!, others[0]];
  const list = found.length === 0 ? "no language" : `the languages ${found.join(", ")}`;
  return `the first unit has ${list}; expected two.`;
}

/** The variant that is in a language, the best match and then the first; undefined where there is none. */
export function pickVariant(
  variants: readonly Variant[],
  asked: string,
  other?: Variant,
): Variant | undefined {
  let [best, match] = [undefined as Variant | undefined, 0];
  for (const variant of variants) {
    const found = matchLanguage(asked, variant.language ?? "");
    if (found > match && variant !== other) [best, match] = [variant, found];
  }
  return best;
}

import { readField } from "../../text/field.js";
import type { PairFields } from "../../types/bitexts.js";
import { note, option, say } from "../../wording.js";
import { matchLanguage } from "../match-language.js";
import type { PairRecordOptions } from "./field-options.js";
import { languagesNamed, sidesNamed } from "./header.js";

/**
 * Where a bitext whose first record this is has its texts and its score: as is asked for; else `source` and `target`; else
 * as the record shows, which is told. Of the languages that a record has, those are taken that are asked for, or the only two.
 */
export function chooseFields(
  value: object,
  { fields, scoreField: score = "score", languages, path, onNote }: PairRecordOptions,
): PairFields {
  const [source, target] = fields ?? findFields(value, languages) ?? ["source", "target"];
  if (!fields && source !== "source")
    onNote?.(
      note(
        say`${path}: the texts are read from the fields ${source} and ${target}. Name others with ${option("fields")}.`,
      ),
    );
  return { source, target, score };
}

type Two = readonly [source: string, target: string];

function findFields(value: object, languages: Two | undefined): Two | undefined {
  if (Object.hasOwn(value, "source") || Object.hasOwn(value, "target")) return undefined;
  // As the datasets of the Hugging Face hub have them: {"translation": {"de": …, "en": …}}.
  const translation = readField(value, "translation");
  if (typeof translation === "object" && translation !== null) {
    const names = chooseLanguages(Object.keys(translation), languages);
    return names && [`translation.${names[0]}`, `translation.${names[1]}`];
  }
  const names = Object.entries(value).flatMap(([name, found]) =>
    typeof found === "string" && !name.includes(".") ? [name] : [],
  );
  const known = sidesNamed(names);
  return known ? [names[known[0]], names[known[1]]] : chooseLanguages(languagesNamed(names), languages);
}

function chooseLanguages(names: readonly string[], languages: Two | undefined): Two | undefined {
  if (!languages) return names.length === 2 ? [names[0], names[1]] : undefined;
  const [source, target] = languages.map((language) => best(names, language));
  return source !== undefined && target !== undefined && source !== target ? [source, target] : undefined;
}

function best(names: readonly string[], language: string): string | undefined {
  const rated = names.map((name) => ({ name, match: matchLanguage(language, name) }));
  return rated.filter(({ match }) => match > 0).sort((a, b) => b.match - a.match)[0]?.name;
}

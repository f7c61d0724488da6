import { readdir } from "node:fs/promises";
import { InputError, OptionError } from "../../errors.js";
import { LANGUAGE_LISTS } from "../../evaluate/language-lists.js";

/**
 * The languages that were asked for, by code or by list, of those that a folder has.
 *
 * @throws InputError if the folder has none; OptionError for those that it lacks
 */
export async function chooseLanguages(folder: string, asked: readonly string[] = ["all"]): Promise<string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new InputError({ path: folder }, `cannot be read as a folder: ${cause.code}.`, { cause });
  });
  const present = names.flatMap((name) => /^tatoeba\.(\w+)-eng\.\1$/.exec(name)?.[1] ?? []).sort();
  if (present.length === 0)
    throw new InputError(
      { path: folder },
      "has no Tatoeba files; expected tatoeba.XXX-eng.XXX and tatoeba.XXX-eng.eng.",
    );
  const wanted = asked.flatMap((name) =>
    name === "all" ? present : Object.hasOwn(LANGUAGE_LISTS, name) ? LANGUAGE_LISTS[name] : name,
  );
  const lacking = wanted.filter((language) => !present.includes(language));
  if (lacking.length > 0)
    throw new OptionError(
      `${folder} has no Tatoeba files for ${lacking.join(", ")}; it has ${present.join(", ")}.`,
    );
  return [...new Set(wanted)];
}

import { readdir } from "node:fs/promises";
import { InputError } from "../../../errors.js";
import { folderError } from "../../../store/files/folder-error.js";

/**
 * The languages (ISO 639-3) of a folder of the Tatoeba test set, sorted.
 *
 * @throws InputError if the folder has none
 */
export async function listTatoebaLanguages(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw folderError(folder, cause);
  });
  const present = names.flatMap((name) => /^tatoeba\.(\w+)-eng\.\1$/.exec(name)?.[1] ?? []).sort();
  if (present.length > 0) return present;
  throw new InputError(
    { path: folder },
    "has no Tatoeba files; expected tatoeba.XXX-eng.XXX and tatoeba.XXX-eng.eng.",
  );
}

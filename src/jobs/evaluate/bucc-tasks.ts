import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError, OptionError } from "../../errors.js";

/** One mining task: two sides with identifiers, and the gold pairs. */
export interface BuccTask {
  /** Its languages and split, such as `de-en.dev`. */
  name: string;
  /** The file of the source, `id⇥sentence`. */
  source: string;
  /** The file of the target, `id⇥sentence`. */
  target: string;
  /** The file of true pairs, `id⇥id`. */
  gold: string;
}

/** The tasks of a folder: files `NAME.XX`, `NAME.YY` and `NAME.gold`, NAME beginning with `XX-YY`. */
export async function findBuccTasks(folder: string, languages?: readonly string[]): Promise<BuccTask[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new InputError({ path: folder }, `cannot be read as a folder: ${cause.code}.`, { cause });
  });
  const present = names.sort().flatMap((name): BuccTask[] => {
    const [, stem, x, y] = /^((\w+)-(\w+)\..*)\.gold$/.exec(name) ?? [];
    if (stem === undefined) return [];
    const path = (suffix: string) => join(folder, `${stem}.${suffix}`);
    return [{ name: x, source: path(x), target: path(y), gold: path("gold") }];
  });
  if (present.length === 0) {
    throw new InputError(
      { path: folder },
      "has no mining sets; expected files such as de-en.dev.de, de-en.dev.en and de-en.dev.gold.",
    );
  }
  const lacking = languages?.filter((language) => !present.some(({ name }) => name === language)) ?? [];
  if (lacking.length > 0) {
    const has = present.map(({ name }) => name).join(", ");
    throw new OptionError(`${folder} has no mining sets for ${lacking.join(", ")}; it has ${has}.`);
  }
  return languages ? present.filter(({ name }) => languages.includes(name)) : present;
}

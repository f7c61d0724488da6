import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";

/** One mining task: two sides with identifiers, and the gold pairs. */
export interface BuccTask {
  name: string;
  source: string;
  target: string;
  gold: string;
}

/** The tasks of a folder: files `NAME.XX`, `NAME.YY` and `NAME.gold`, NAME beginning with `XX-YY`. */
export async function findBuccTasks(folder: string, languages?: readonly string[]): Promise<BuccTask[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new InputError({ path: folder }, `cannot be read as a folder: ${cause.code}.`, { cause });
  });
  const tasks = names.sort().flatMap((name): BuccTask[] => {
    const [, stem, x, y] = /^((\w+)-(\w+)\..*)\.gold$/.exec(name) ?? [];
    if (stem === undefined || (languages && !languages.includes(x))) return [];
    const path = (suffix: string) => join(folder, `${stem}.${suffix}`);
    return [{ name: x, source: path(x), target: path(y), gold: path("gold") }];
  });
  if (tasks.length > 0) return tasks;
  throw new InputError(
    { path: folder },
    "has none of the mining sets asked for; expected files such as de-en.dev.de, de-en.dev.en and de-en.dev.gold.",
  );
}

import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { OutputError } from "../errors.js";

/** Where an output really goes. */
export interface OutputTarget {
  path: string;
  /** A device or a named pipe: it is written directly, since nothing can be renamed in its place. */
  special: boolean;
}

/**
 * Follows links to what an output's name stands for.
 *
 * @throws OutputError if its folder is not there, or it is a folder
 */
export async function findOutput(name: string): Promise<OutputTarget> {
  const found = await stat(name).catch(() => undefined);
  if (found?.isDirectory())
    throw new OutputError(`${name}: is a folder; expected the name of a file to write.`);
  if (found) return { path: found.isFile() ? await realpath(name) : name, special: !found.isFile() };
  const folder = await realpath(dirname(name)).catch(() => {
    throw new OutputError(`${name}: the folder does not exist. Make it first.`);
  });
  return { path: join(folder, basename(name)), special: false };
}

import { mkdir, readdir, realpath, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { OptionError, OutputError } from "../errors.js";
import { partName } from "./whole-file.js";

/**
 * Where a folder that is to be written really goes.
 *
 * @throws OptionError if something is there already; OutputError if the folder that it lies in is missing
 */
export async function findNewFolder(name: string): Promise<string> {
  if (name === "") throw new OptionError("The folder to write has no name.");
  const found = await realpath(name).catch(() => undefined);
  if (found === undefined) {
    const parent = await realpath(dirname(resolve(name))).catch((cause) => {
      throw new OutputError(`${name}: the folder that it would lie in does not exist. Make it first.`, {
        cause,
      });
    });
    return join(parent, basename(resolve(name)));
  }
  const files = await readdir(found).catch((cause) => {
    throw new OptionError(`${name}: is a file; expected the name of a new folder.`, { cause });
  });
  if (files.length === 0) return found;
  throw new OptionError(`${name}: is not empty; expected a new folder, or an empty one. Name another.`);
}

/** Lets `write` fill a folder beside `path`, and gives it that name when it is complete. */
export async function writeNewFolder(path: string, write: (staging: string) => Promise<void>): Promise<void> {
  const staging = partName(path);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  try {
    await write(staging);
    // An empty folder that is there makes way; one that has been filled meanwhile stays, and the renaming fails.
    await rmdir(path).catch(() => {});
    await rename(staging, path);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

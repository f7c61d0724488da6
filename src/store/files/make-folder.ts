import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { explainWriteError } from "./output-error.js";

/**
 * Makes a folder, and those that it lies in, unless it is there.
 *
 * @returns whether it was not there
 * @throws OutputError if it cannot be made
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    return await make(path);
  } catch (error) {
    throw explainWriteError(error, path);
  }
}

/** Node's own recursive `mkdir` takes a disk that is full or read-only for a folder that is missing. */
async function make(path: string): Promise<boolean> {
  const parent = dirname(path);
  if (!existsSync(parent)) await make(parent);
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return false;
    throw error;
  }
}

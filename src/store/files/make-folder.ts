import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder, and those that it lies in, unless it is there. Node's own recursive `mkdir` takes a disk that is full
 * or read-only for a folder that is missing.
 *
 * @returns whether it was not there
 * @throws the system's error
 */
export async function makeFolder(path: string): Promise<boolean> {
  const parent = dirname(path);
  if (!existsSync(parent)) await makeFolder(parent);
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return false;
    throw error;
  }
}

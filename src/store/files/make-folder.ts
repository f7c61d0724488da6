import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { OutputError } from "../../errors.js";
import { explainWriteError } from "./output-error.js";

/**
 * Makes a folder, and those that it lies in, unless it is there. Node's own recursive `mkdir` takes a disk that is full or
 * read-only for a folder that is missing.
 *
 * @returns whether it was not there
 * @throws OutputError if it cannot be made
 */
export async function makeFolder(path: string): Promise<boolean> {
  const parent = dirname(path);
  if (!existsSync(parent)) await makeFolder(parent);
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    let followed: NodeJS.ErrnoException | undefined;
    const found = await stat(path).catch((cause) => {
      followed = cause;
      return undefined;
    });
    if (found?.isDirectory()) return false;
    // What is there and yet cannot be found is a link.
    if (followed && (error as NodeJS.ErrnoException).code === "EEXIST") throw linkError(path, followed);
    throw explainWriteError(error, path);
  }
}

function linkError(path: string, cause: NodeJS.ErrnoException): OutputError {
  const leads: Record<string, string> = { ENOENT: "leads nowhere", ELOOP: "leads to itself" };
  const link = `is a link that ${leads[cause.code ?? ""] ?? `cannot be followed: ${cause.code}`}`;
  const advice = "Remove it, or name another folder.";
  return new OutputError(`${path}: ${link}; expected a folder, or a name that is not taken.`, {
    advice,
    cause,
  });
}

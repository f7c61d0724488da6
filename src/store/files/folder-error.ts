import { stat } from "node:fs/promises";
import { InputError } from "../../errors.js";

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "no such folder.",
  ENOTDIR: "is a file; expected a folder.",
};

/** The error for a folder that could not be read. */
export function folderError(path: string, cause: NodeJS.ErrnoException): InputError {
  const problem = PROBLEMS[cause.code ?? ""] ?? `cannot be read as a folder: ${cause.code}.`;
  return new InputError({ path }, problem, { cause });
}

/** @throws InputError if there is no folder of this name */
export async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch((cause) => {
    throw folderError(path, cause);
  });
  if (!found.isDirectory()) throw new InputError({ path }, PROBLEMS.ENOTDIR);
}

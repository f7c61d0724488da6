import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import { OptionError } from "../../../../errors.js";
import { sha256Of } from "../../../../store/files/sha256.js";
import { option, say } from "../../../../wording.js";

/** Succeeds if the shell would find a program of this name; one with a path must be executable, and no folder. */
const FIND = 'p=$(command -v -- "$1") || exit; case $p in */*) [ -x "$p" ] && [ ! -d "$p" ];; esac';

/**
 * Checks that the program exists, before hours of work that would end with its absence.
 *
 * @throws OptionError if there is none of this name
 */
export async function checkProgram(name: string): Promise<void> {
  await promisify(execFile)("sh", ["-c", FIND, "sh", name]).catch((cause) => {
    const where = name.includes("/") ? "is not a program that can be run" : "is not in PATH";
    throw new OptionError(
      say`${option("command")}: ${name} ${where}; expected a program and its arguments. No shell reads them, so ~ and $NAME stand for themselves.`,
      { cause },
    );
  });
}

/** The SHA-256 of every word that is the name of a file. */
export async function hashFiles(words: readonly string[]): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const word of words) {
    const isFile = await stat(word).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) hashes[word] = await sha256Of(word);
  }
  return hashes;
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { type Comparison, compare, filesUnder } from "./file-sums.js";
import { sha256Of } from "./sha256.js";
import { writeWholeText } from "./whole-file.js";

/** The file beside others that holds their checksums, as `sha256sum --check` reads it. */
export const SUMS_LIST = "SHA256SUMS";

const LINE = /^([0-9a-f]{64}) [ *](.+)$/;

/** Writes the checksum of every file of a folder that is complete. */
export async function writeSumsList(folder: string): Promise<void> {
  const files = (await filesUnder(folder, ".")).filter((file) => file !== SUMS_LIST);
  const lines: string[] = [];
  for (const file of files) lines.push(`${await sha256Of(join(folder, file))}  ${file}\n`);
  await writeWholeText(join(folder, SUMS_LIST), lines.join(""));
}

/**
 * The SHA-256 of each file that a folder's list names, by its path in the folder; undefined where there is no list.
 *
 * @throws InputError that names the line that is none of a list
 */
export async function readSumsList(folder: string): Promise<Map<string, string> | undefined> {
  const path = join(folder, SUMS_LIST);
  const text = await readFile(path, "utf8").catch((cause) => {
    if (cause.code === "ENOENT") return undefined;
    throw new InputError({ path }, `cannot be read: ${cause.code}.`, { cause });
  });
  if (text === undefined) return undefined;
  const sums = new Map<string, string>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const match = LINE.exec(line);
    if (!match)
      throw new InputError({ path, line: index + 1 }, "is not a SHA-256 and a file's name.", {
        advice: `Make the list again with sha256sum, or remove ${path}.`,
      });
    sums.set(match[2], match[1]);
  }
  return sums;
}

/** Reads a file through once. */
export async function compareListed(path: string, expected: string): Promise<Comparison> {
  return compare(path, async () => ((await sha256Of(path)) === expected ? undefined : damagedListed(path)));
}

/** The error of a file that is not what the list says. */
export function damagedListed(path: string): InputError {
  return new InputError({ path }, `is damaged or was changed: its SHA-256 is not that of ${SUMS_LIST}.`, {
    advice: `Make the folder again; or, if the change is yours, remove ${SUMS_LIST}.`,
  });
}

import { readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { InputError } from "../../errors.js";
import type { Wording } from "../../wording.js";
import { type FileSum, sumFile } from "./checksum.js";

/** Checksums of files by their paths in a folder, with slashes. */
export type FileSums = Readonly<Record<string, FileSum>>;

/** Reads through those files that are there, and all files in folders. */
export async function sumFiles(folder: string, paths: readonly string[]): Promise<FileSums> {
  const sums: Record<string, FileSum> = {};
  for (const path of paths)
    for (const file of await filesUnder(folder, path)) sums[file] = await sumFile(join(folder, file));
  return sums;
}

/** A file's own path, or those of all files under a folder, sorted; none for what is not there. */
export async function filesUnder(folder: string, path: string): Promise<string[]> {
  const found = await stat(join(folder, path)).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path.split(sep).join("/")];
  const files = [];
  for (const name of (await readdir(join(folder, path))).sort())
    files.push(...(await filesUnder(folder, join(path, name))));
  return files;
}

/** How a file stands beside what is known of it. */
export type Comparison = { state: "sound" | "missing" } | { state: "damaged"; error: InputError };

/**
 * Reads a file through once, unless its size tells already.
 *
 * @param advice what to do if it is damaged
 */
export async function compareFile(path: string, expected: FileSum, advice?: Wording): Promise<Comparison> {
  const damaged = (problem: string) => new InputError({ path }, problem, { advice });
  const find = async () => {
    const { size } = await stat(path);
    if (size !== expected.bytes)
      return damaged(`is damaged: it has ${size} bytes, but had ${expected.bytes} when it was written.`);
    const { xxh64 } = await sumFile(path);
    if (xxh64 === expected.xxh64) return undefined;
    return damaged(`is damaged: its checksum is ${xxh64}, but was ${expected.xxh64} when it was written.`);
  };
  return compare(path, find, advice);
}

/**
 * How a file stands.
 *
 * @param find reads it, and gives what is wrong with it
 * @param advice what to do if it cannot be read
 */
export async function compare(
  path: string,
  find: () => Promise<InputError | undefined>,
  advice?: Wording,
): Promise<Comparison> {
  try {
    const error = await find();
    return error ? { state: "damaged", error } : { state: "sound" };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { state: "missing" };
    return {
      state: "damaged",
      error: new InputError({ path }, `cannot be read: ${code}.`, { advice, cause }),
    };
  }
}

/** @throws InputError that names the first file that is damaged or missing */
export async function checkFiles(folder: string, sums: FileSums, advice?: Wording): Promise<void> {
  for (const [file, expected] of Object.entries(sums)) {
    const path = join(folder, file);
    const found = await compareFile(path, expected, advice);
    if (found.state === "damaged") throw found.error;
    if (found.state === "missing") throw new InputError({ path }, "is missing.", { advice });
  }
}

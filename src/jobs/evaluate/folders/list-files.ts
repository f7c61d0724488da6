import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { folderError } from "../../../store/files/folder-error.js";

/** Test sets lie in the folder that is named, in one of a language pair or a split, or in one of each. */
const DEPTH = 3;

/**
 * The files of a folder and of the folders in it, as sorted paths from there; hidden ones are left out.
 *
 * @throws InputError if the folder cannot be read
 */
export async function listFiles(folder: string): Promise<string[]> {
  return (await listInside(folder, "", DEPTH)).sort();
}

async function listInside(folder: string, inside: string, depth: number): Promise<string[]> {
  const path = join(folder, inside);
  const entries = await readdir(path, { withFileTypes: true }).catch((cause) => {
    throw folderError(path, cause);
  });
  const listed = entries
    .filter(({ name }) => !name.startsWith("."))
    .map(async (entry) => {
      const below = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (!(await isFolder(entry, join(folder, below)))) return [below];
      return depth > 1 ? await listInside(folder, below, depth - 1) : [];
    });
  return (await Promise.all(listed)).flat();
}

async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

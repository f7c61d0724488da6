import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InputError } from "../../errors.js";
import { isNamedUnread } from "../../read/codecs.js";
import { isInside } from "../../store/files/is-inside.js";
import { option, say, type Wording } from "../../wording.js";
import { count } from "./counts.js";

/** What is in a folder. */
export interface FolderFiles {
  /** Those that are read, in the order of their paths. */
  taken: string[];
  /** How many are left out, by kind. */
  leftOut: Record<string, number>;
}

/** Which files of a folder are taken where nothing says how to read them. */
const KNOWN = /\.(warc|wet|arc|jsonl|ndjson|json|txt)(\.(gz|zst|xz|bz2))?$|\.parquet$/i;

/** The last part of a name that tells a kind, with what it is packed in. */
const KIND = /(?:\.[a-z0-9_-]{1,10})?\.(?:gz|zst|xz|bz2)$|\.[a-z0-9_-]{1,10}$/i;

const KINDS_TOLD = 8;

/**
 * The files in a folder and below. What is named as a dump or a text is taken, and what may be one but is of a kind that
 * is not read, so that it is reported; with `all` whatever is not hidden.
 *
 * @param output the folder to be written, which is not an input though it may lie in one
 * @throws InputError for a folder that cannot be read
 */
export async function findInFolder(path: string, all: boolean, output: string): Promise<FolderFiles> {
  const found: FolderFiles = { taken: [], leftOut: {} };
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new InputError({ path }, `cannot be read with all its folders: ${cause.code}.`, { cause });
  });
  const written = await realPathOf(output);
  for (const entry of entries) {
    const name = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || isInside(await realPathOf(name), written)) continue;
    const kind = await kindLeftOut(entry, name, all);
    if (kind === undefined) found.taken.push(name);
    else count(found.leftOut, kind);
  }
  found.taken.sort();
  return found;
}

/** Where a path leads, if it leads anywhere. */
const realPathOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/** As what a file is left out; undefined if it is taken. */
async function kindLeftOut(entry: Dirent, path: string, all: boolean): Promise<string | undefined> {
  if (entry.name.startsWith(".")) return "hidden";
  if (entry.isSymbolicLink()) {
    // A broken link counts as a file: that it cannot be read is reported as for any file.
    const target = await stat(path).catch(() => undefined);
    if (target?.isDirectory()) return "links to folders";
    if (target && !target.isFile()) return "no regular files";
  } else if (!entry.isFile()) return "no regular files";
  if (all || KNOWN.test(entry.name) || isNamedUnread(entry.name)) return undefined;
  return KIND.exec(entry.name)?.[0].toLowerCase() ?? "without a suffix";
}

/** What was left out of folders, as a sentence; undefined if nothing was. */
export function describeLeftOut(leftOut: Readonly<Record<string, number>>): Wording | undefined {
  const kinds = Object.entries(leftOut).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  if (kinds.length === 0) return undefined;
  const files = kinds.reduce((sum, [, n]) => sum + n, 0);
  const told = kinds.slice(0, KINDS_TOLD).map(([kind, n]) => `${n} ${kind}`);
  if (kinds.length > KINDS_TOLD) told.push("others");
  const what = files === 1 ? "1 file of the folder is" : `${files} files of folders are`;
  return say`${what} left out: ${told.join(", ")}; what is named by itself, or with ${option("format")}, is read`;
}

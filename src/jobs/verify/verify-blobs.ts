import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { isBlobName, nameOfContent } from "../../hub/blob-hash.js";
import { BLOBS } from "../../hub/blob-of.js";
import type { CheckedFile } from "./checked-file.js";

/** The folders of blobs of a cache of the hub, or of one repository in it. */
export async function blobFolders(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  if (names.includes(BLOBS) && names.includes("snapshots")) return [join(folder, BLOBS)];
  return names.filter((name) => /^(?:models|datasets)--/.test(name)).map((name) => join(folder, name, BLOBS));
}

/** Checks the files of a repository that are complete. */
export async function* verifyBlobs(folder: string): AsyncGenerator<CheckedFile> {
  for (const name of (await readdir(folder).catch(() => [])).sort())
    if (isBlobName(name)) yield verifyBlob(join(folder, name));
}

export async function verifyBlob(path: string, called = path): Promise<CheckedFile> {
  const name = basename(path);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return { path: called, state: "missing" };
  const hash = await nameOfContent(path, name, found.size);
  if (hash === name) return { path: called, state: "sound" };
  const problem = `is damaged: the hash of its content is ${hash}, not ${name}. Remove ${path}; it is fetched again when it is needed.`;
  return { path: called, state: "damaged", problem };
}

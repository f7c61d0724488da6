import { readlink } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { isBlobName } from "./blob-hash.js";

/** How the cache calls the folder of a repository's files; each has the name that its content must have. */
export const BLOBS = "blobs";

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** The blob that a file of a snapshot is, which may be a link itself, to a store of several repositories; undefined for any other file. */
export async function blobOf(path: string): Promise<string | undefined> {
  let place = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    if (isBlobName(basename(place)) && basename(dirname(place)) === BLOBS) return place;
    const target = await readlink(place).catch(() => undefined);
    if (target === undefined) return undefined;
    place = resolve(dirname(place), target);
  }
  return undefined;
}

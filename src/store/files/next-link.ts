import { lstat, readlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** As many links in a row as Linux follows. */
export const MOST_LINKS = 40;

/** Where a link leads, be anything there or not; undefined for what is no link. */
export async function nextOfLink(path: string): Promise<string | undefined> {
  const entry = await lstat(path).catch(() => undefined);
  return entry?.isSymbolicLink() ? resolve(dirname(path), await readlink(path)) : undefined;
}

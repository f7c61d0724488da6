import { lstat, realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { ModelError } from "../errors.js";
import { makeFolder } from "../store/files/make-folder.js";

/** Where the files of a repository belong. */
export interface Bounds {
  /** The folder of the whole cache. */
  readonly cache: string;
  readonly repository: string;
}

/**
 * Follows every link of a path that is there; the cache itself may be a link to another disk.
 *
 * @returns where it really is
 * @throws ModelError if that is out of the cache
 */
export async function refuseOutside({ cache, repository }: Bounds, path: string): Promise<string> {
  const [root, found] = await Promise.all([realpath(cache), realpath(path)]);
  if (found === root || found.startsWith(root + sep)) return found;
  throw new ModelError(`${repository}: ${path} is a link that leads out of the cache, to ${found}.`, {
    advice: "Remove it, and fetch the encoder again with crisscross encoders pull.",
  });
}

/**
 * Makes a folder and those that it lies in, none of them through a link that leads out of the cache.
 *
 * @throws ModelError if there is such a link
 */
export async function makeInside(bounds: Bounds, path: string): Promise<void> {
  let there = path;
  while (!(await lstat(there).catch(() => undefined))) there = dirname(there);
  await refuseOutside(bounds, there);
  await makeFolder(path);
}

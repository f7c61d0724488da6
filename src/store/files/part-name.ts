import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isLeft, MARK, ownMark } from "./owner-mark.js";

const ENDING = new RegExp(`\\.(${MARK})-[0-9a-f]{12}\\.part$`);

/** Bytes that a file's name may have on the disks of today. */
const LONGEST_NAME = 255;

/**
 * A name for a file beside `path` until it is complete. Nobody else can guess it, and a later process can tell whether
 * this one is gone.
 */
export function partPath(path: string): string {
  const ending = `.${ownMark()}-${randomBytes(6).toString("hex")}.part`;
  let name = `.${basename(path)}`;
  while (Buffer.byteLength(name + ending) > LONGEST_NAME) name = Array.from(name).slice(0, -1).join("");
  return join(dirname(path), name + ending);
}

/**
 * Removes from a folder what processes that are gone were writing there, whatever it was to become.
 *
 * @param now by the clock of its disk
 */
export async function sweepParts(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const mark = ENDING.exec(name)?.[1];
    const path = join(folder, name);
    // What belongs to another user stays where the folder's rights say so.
    if (mark && (await isLeft(path, mark, now)))
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

import type { Stats } from "node:fs";
import { constants, type FileHandle, lstat, open, rename, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { geteuid } from "node:process";
import { OutputError } from "../../errors.js";
import { takeAfter } from "./take-after.js";

const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Opens a temporary or unfinished file whose name is always the same, with what an earlier run left in it, or makes it.
 * Beside a file that it is to replace, its owner alone may read it until it has that one's name.
 *
 * @throws OutputError if it is a link, or another user has put it there
 */
export async function openUnfinished(path: string): Promise<FileHandle> {
  const replaced = await lstat(targetOf(path)).catch(() => undefined);
  try {
    return await open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, replaced?.isFile() ? 0o600 : 0o666);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  await refuseForeign(path);
  const file = await open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
  try {
    await refuse(path, await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Gives a file that `openUnfinished` opened, and that is complete, its name. */
export async function nameUnfinished(file: FileHandle, path: string, target: string): Promise<void> {
  const replaced = await lstat(target).catch(() => undefined);
  if (replaced?.isFile() && path !== target) await takeAfter(file, replaced);
  await file.sync();
  await file.close();
  await rename(path, target);
}

/**
 * Refuses to go on with what is not this user's, nor of whoever owns the folder: it may hold anything, and what is
 * written through a link goes elsewhere.
 *
 * @throws OutputError that names it; the system's error if nothing can be there
 */
export async function refuseForeign(path: string): Promise<void> {
  const found = await lstat(path).catch((error) => {
    if (error.code === "ENAMETOOLONG") throw error;
    return undefined;
  });
  if (found) await refuse(path, found);
}

async function refuse(path: string, found: Stats): Promise<void> {
  const folder = await stat(dirname(path));
  const isOurs = !geteuid || [geteuid(), folder.uid].includes(found.uid);
  if (isOurs && found.isDirectory()) return;
  if (isOurs && found.isFile() && found.nlink === 1) return;
  const what = found.isSymbolicLink() || found.nlink > 1 ? "a link" : isOurs ? "no file" : "another user's";
  throw new OutputError(`${path}: is ${what}; expected what an earlier run of yours left.`, {
    advice: "Remove it.",
  });
}

/** What a file is to replace, by the names that `temporaryPath` and `unfinishedPath` give. */
function targetOf(path: string): string {
  const [, name = basename(path)] =
    /^\.(.+?)(?:\.[0-9a-f]{16})?\.(?:part|resume)$/.exec(basename(path)) ?? [];
  return join(dirname(path), name);
}

import { access, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { moveEntry } from "./move-entry.js";
import { refuseForeign } from "./open-unfinished.js";
import { temporaryPath } from "./whole-file.js";

/**
 * What stands beside a folder while its contents are exchanged: after a kill at any moment, the exchange can be
 * finished or undone.
 */
const partsOf = (path: string) => ({
  /** The new entries that are not in the folder yet; it is there only when they are complete. */
  next: temporaryPath(`${path}.new`),
  /** The old entries that have left the folder. */
  old: temporaryPath(`${path}.old`),
  /** The same when all of them have left. */
  gone: temporaryPath(`${path}.gone`),
});

/**
 * Fills a folder with the contents of another, in place of its own. The folder itself stays, since a shell may be in
 * it.
 *
 * @param staging is used up
 */
export async function exchangeFolder(staging: string, path: string): Promise<void> {
  const { next, old } = partsOf(path);
  await rename(staging, next);
  try {
    await mkdir(old);
    await moveAll(path, old);
  } catch (error) {
    await recoverFolder(path);
    throw error;
  }
  await finish(path);
}

/**
 * Repairs a folder whose exchange was cut short: it is undone while the old entries were still leaving, else finished.
 * Any other folder is left alone.
 *
 * @throws OutputError if what stands beside it is another user's
 */
export async function recoverFolder(path: string): Promise<void> {
  const { next, old, gone } = partsOf(path);
  for (const part of [next, old, gone]) await refuseForeign(part);
  if (await exists(gone)) return finish(path);
  if (await exists(old)) await moveAll(old, path);
  await rm(old, { recursive: true, force: true });
  await rm(next, { recursive: true, force: true });
}

async function finish(path: string): Promise<void> {
  const { next, old, gone } = partsOf(path);
  if (await exists(old)) await rename(old, gone);
  if (await exists(next)) await moveAll(next, path);
  await rm(next, { recursive: true, force: true });
  await rm(gone, { recursive: true });
}

async function moveAll(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) await moveEntry(join(from, name), join(to, name));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

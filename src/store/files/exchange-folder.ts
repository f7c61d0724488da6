import { access, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { moveEntry } from "./move-entry.js";
import { temporaryPath } from "./whole-file.js";

/** What stands beside a folder while what it holds is exchanged: a kill at any moment leaves what can be gone on with. */
const partsOf = (path: string) => ({
  /** The new entries that are not in the folder yet; it is there only when they are complete. */
  next: temporaryPath(`${path}.new`),
  /** The old entries that have left the folder. */
  old: temporaryPath(`${path}.old`),
  /** The same when all of them have left. */
  gone: temporaryPath(`${path}.gone`),
});

/**
 * Fills a folder with what another one holds, in place of its own entries. The folder stays the same one, since a shell
 * may stand in it.
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
 * Brings a folder in order whose exchange was cut short: back where its old entries were still leaving, else to its end.
 * Nothing happens to any other folder.
 */
export async function recoverFolder(path: string): Promise<void> {
  const { next, old, gone } = partsOf(path);
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

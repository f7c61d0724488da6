import { randomUUID } from "node:crypto";
import { link, readlink, realpath, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Gives a repository a name of its own for a blob that it shares with others: a hard link in place of a symbolic one. A
 * read-only cache is left as it is, and so is a link to anything but the repository's blobs.
 *
 * @param snapshot the folder of one of its commits
 * @param pointer the file in it
 */
export async function ownBlob(snapshot: string, pointer: string): Promise<void> {
  const blob = await readlink(pointer).then(
    (target) => resolve(dirname(pointer), target),
    () => undefined,
  );
  // A model may name any file as its weights.
  if (blob === undefined || dirname(blob) !== resolve(snapshot, "../../blobs")) return;
  if (!(await readlink(blob).catch(() => undefined))) return;
  // Another process may do the same.
  const second = `${blob}.${randomUUID()}.tmp`;
  try {
    await link(await realpath(blob), second);
    await rename(second, blob);
  } catch {
    // The symbolic link works as well.
  } finally {
    // If the blob has the same bytes already, renaming leaves both names.
    await rm(second, { force: true }).catch(() => {});
  }
}

import { randomUUID } from "node:crypto";
import { link, readlink, realpath, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Gives a repository its own name for a blob that it shares with others: a second name of the same bytes in place of a
 * link. A cache that cannot be written is left as it is, and so is a link that is none of the repository's blobs.
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
    // The link does as well for whoever follows it.
  } finally {
    // Where the blob has got the same bytes meanwhile, renaming leaves both names.
    await rm(second, { force: true }).catch(() => {});
  }
}

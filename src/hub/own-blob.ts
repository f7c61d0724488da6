import { link, readlink, realpath, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Gives a repository its own name for a blob that it shares with others: a second name of the same bytes in place of a
 * link. A cache that cannot be written is left as it is.
 *
 * @param pointer the file in a snapshot
 */
export async function ownBlob(pointer: string): Promise<void> {
  const blob = await readlink(pointer).then(
    (target) => resolve(dirname(pointer), target),
    () => undefined,
  );
  if (blob === undefined || !(await readlink(blob).catch(() => undefined))) return;
  const second = `${blob}.crisscross`;
  try {
    await rm(second, { force: true });
    await link(await realpath(blob), second);
    await rename(second, blob);
  } catch {
    await rm(second, { force: true }).catch(() => {});
  }
}

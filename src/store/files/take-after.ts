import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/** Of each of owner, group and all others: read, write, run. */
const RIGHTS = 0o777;

/**
 * Gives a file the owner, the group and the rights of the one that it is to replace. Where the system does not let us
 * give it to that group, the file's own group may do no more than all others could. Lists of rights (ACL) stay behind.
 */
export async function takeAfter(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const made = await file.stat();
  let rights = mode & RIGHTS;
  if (made.uid !== uid || made.gid !== gid) {
    const isGiven = (await canBe(file.chown(uid, gid))) || (await canBe(file.chown(made.uid, gid)));
    if (!isGiven) rights &= ~0o070 | ((rights & 0o007) << 3);
  }
  await file.chmod(rights);
}

async function canBe(change: Promise<void>): Promise<boolean> {
  return change.then(
    () => true,
    () => false,
  );
}

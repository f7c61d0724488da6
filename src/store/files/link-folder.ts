import { copyFile, link, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Gives a folder's files another name in `to`, which takes no room where the disk can do it, and copies them elsewhere.
 * Only for files that nobody changes in place.
 */
export async function linkFolder(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(target);
      await linkFolder(source, target);
    } else await link(source, target).catch(() => copyFile(source, target));
  }
}

import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

/** Removes what a killed process left half-written in a folder that no other process works in. */
export async function removeLitter(folder: string, { recursive = false } = {}): Promise<void> {
  for (const path of await readdir(folder, { recursive })) {
    const name = basename(path);
    if (name.startsWith(".") && name.endsWith(".part"))
      await rm(join(folder, path), { recursive: true, force: true });
  }
}

import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { isTemporary } from "./whole-file.js";

/** Removes what a killed process left half-written in a folder that no other process works in. */
export async function removeLitter(folder: string, { recursive = false } = {}): Promise<void> {
  for (const path of await readdir(folder, { recursive })) {
    if (isTemporary(basename(path))) await rm(join(folder, path), { recursive: true, force: true });
  }
}

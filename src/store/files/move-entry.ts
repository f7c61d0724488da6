import { cp, rename, rm } from "node:fs/promises";

/** Renames a file or folder; where another disk is mounted at the one or the other, copies it and removes the first. */
export async function moveEntry(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true });
  }
}

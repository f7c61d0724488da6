import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Where a file or folder is written until it is complete, or a file is that is needed meanwhile: always the same, so that a
 * killed run leaves one at most, and it is known for litter by its name.
 */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.part`);
}

/** Lets `write` fill a file beside `path`, and gives it that name when it is complete and on the disk. */
export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const temporary = temporaryPath(path);
  const file = await open(temporary, "w");
  try {
    await write(file);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether a name is one that `temporaryPath` gives. */
export function isTemporary(name: string): boolean {
  return name.startsWith(".") && name.endsWith(".part");
}

export async function writeWholeText(path: string, text: string): Promise<void> {
  await writeWhole(path, (file) => file.writeFile(text));
}

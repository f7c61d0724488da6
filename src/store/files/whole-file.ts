import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A name beside `path` for what is not complete yet: always the same, so that a killed run leaves no litter. */
export function partName(path: string): string {
  return join(dirname(path), `.${basename(path)}.part`);
}

/** Lets `write` fill a file beside `path`, and gives it that name when it is complete and on the disk. */
export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const part = partName(path);
  const file = await open(part, "w");
  try {
    await write(file);
    await file.sync();
    await file.close();
    await rename(part, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(part, { force: true });
    throw error;
  }
}

export async function writeWholeText(path: string, text: string): Promise<void> {
  await writeWhole(path, (file) => file.writeFile(text));
}

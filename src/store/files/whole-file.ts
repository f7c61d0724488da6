import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Part } from "./part.js";

/**
 * Where a file or folder is written until it is complete, or a file is that is needed meanwhile, in a folder that this
 * process alone works in: always the same, so that a killed run leaves one at most. The next one knows it for litter.
 */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.part`);
}

/** Lets `write` fill a file beside `path`, and gives it that name when it is complete and on the disk. */
export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const part = await Part.create(path);
  try {
    await write(part.file);
    await part.file.sync();
    await part.publish();
  } catch (error) {
    await part.discard();
    throw error;
  }
}

/** Whether a name is one of a file or folder that is not complete. */
export function isTemporary(name: string): boolean {
  return name.startsWith(".") && name.endsWith(".part");
}

export async function writeWholeText(path: string, text: string): Promise<void> {
  await writeWhole(path, (file) => file.writeFile(text));
}

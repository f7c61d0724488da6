import { basename, dirname, join } from "node:path";
import { recoverFolder } from "./exchange-folder.js";
import { lock } from "./lock.js";
import { type FolderPlace, findFolderPlace } from "./new-folder.js";
import { explainWriteError } from "./output-error.js";

/**
 * Keeps other processes from writing an output, until it is disposed of.
 *
 * @param path where the output really lies
 * @param output what it is called in messages
 * @throws HeldError that names the process that writes there; OutputError if the lock cannot be written
 */
export async function holdOutput(path: string, output: string): Promise<AsyncDisposable> {
  return await lock(join(dirname(path), `.${basename(path)}.lock`), output);
}

/** A folder that this process alone writes, until it is disposed of. */
export interface HeldFolder extends FolderPlace, AsyncDisposable {}

/**
 * Takes a folder, existing or not, for this process alone, and repairs it if another process was killed while it
 * exchanged its contents.
 *
 * @throws HeldError, OutputError as `holdOutput`; OptionError if it is a file
 */
export async function holdFolder(output: string): Promise<HeldFolder> {
  const { path } = await findFolderPlace(output);
  const held = await holdOutput(path, output);
  try {
    await recoverFolder(path);
    return { ...held, ...(await findFolderPlace(path)) };
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw explainWriteError(error, output);
  }
}

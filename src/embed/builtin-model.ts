import { BUILTIN, folderOf } from "./builtin.js";
import type { EncoderFolder } from "./folder/encoder-folder.js";
import type { FolderModel } from "./folder/folder-model.js";
import type { KnownHashes } from "./folder/known-hashes.js";
import { openStatic } from "./static/static-encoder.js";

let opened: Promise<FolderModel> | undefined;

/** Whether a folder is the built-in encoder's, by whatever name it was asked for. */
export function isBuiltin({ path }: EncoderFolder): boolean {
  return path === folderOf(BUILTIN);
}

/**
 * The model of the built-in encoder's folder, opened once a process: all that open it share its table and tokenizer, and
 * closing leaves them to the others. Memory: 65 MB, and 40 MB of remembered words at most, until the process ends.
 */
export function openBuiltin(folder: EncoderFolder, known: KnownHashes): Promise<FolderModel> {
  opened ??= openStatic(folder, known).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

import { findEncoderFolder } from "./find-folder.js";
import { type EncoderFolder, readEncoderFolder } from "./folder/encoder-folder.js";
import type { FolderModel } from "./folder/folder-model.js";
import { openStatic } from "./static/static-encoder.js";
import { openTransformer, type TransformerOptions } from "./transformer/transformer-encoder.js";

/**
 * Opens the folder of an encoder: what it says, and the model in it.
 *
 * @param name `builtin`, or a path
 * @throws ModelError if there is no such encoder or it cannot be used
 */
export async function openFolder(
  name: string,
  options: TransformerOptions = {},
): Promise<{ folder: EncoderFolder; model: FolderModel }> {
  const path = await findEncoderFolder(name);
  const folder = await readEncoderFolder(path);
  const isStatic = folder.modules.input.kind === "static";
  return { folder, model: isStatic ? await openStatic(folder) : await openTransformer(folder, options) };
}

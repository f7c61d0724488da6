import { OptionError } from "../errors.js";
import { findEncoderFolder } from "./find-folder.js";
import { type EncoderFolder, readEncoderFolder } from "./folder/encoder-folder.js";
import type { FolderModel } from "./folder/folder-model.js";
import { openStatic } from "./static/static-encoder.js";
import { openTransformer, type TransformerOptions } from "./transformer/transformer-encoder.js";

/**
 * Opens the folder of an encoder: what it says, and the model in it.
 *
 * @param name `builtin`, or a path
 * @throws ModelError if there is no such encoder or it cannot be used; OptionError for a variant of what has none
 */
export async function openFolder(
  name: string,
  options: TransformerOptions = {},
): Promise<{ folder: EncoderFolder; model: FolderModel }> {
  const path = await findEncoderFolder(name);
  const folder = await readEncoderFolder(path);
  const isStatic = folder.modules.input.kind === "static";
  if (isStatic && options.variant !== undefined)
    throw new OptionError(
      `${name}: is a static encoder, which has no model files to choose from. Leave out the variant (${options.variant}), or give --encoder a Transformer's folder.`,
    );
  return { folder, model: isStatic ? await openStatic(folder) : await openTransformer(folder, options) };
}

import { OptionError } from "../errors.js";
import { option, say } from "../wording.js";
import { isBuiltin, openBuiltin } from "./builtin-model.js";
import { findEncoder } from "./find-folder.js";
import { type EncoderFolder, readEncoderFolder } from "./folder/encoder-folder.js";
import type { FolderModel } from "./folder/folder-model.js";
import { checkNeeded, type KnownHashes, knownHashes } from "./folder/known-hashes.js";
import type { EncoderPlace, HubOptions } from "./hub-encoders.js";
import { openStatic } from "./static/static-encoder.js";
import type { TransformerOptions } from "./transformer/transformer-encoder.js";

export interface OpenFolderOptions extends TransformerOptions, HubOptions {}

/**
 * Opens the folder of an encoder: what it says, and the model in it.
 *
 * @param name `builtin`, a path, or a name of the hub
 * @throws ModelError if there is no such encoder or it cannot be used; InputError if a file that is
 *   needed is damaged, as far as the hub's cache or the folder's `SHA256SUMS` knows it; OptionError for a variant of what has none
 */
export async function openFolder(
  name: string,
  options: OpenFolderOptions = {},
): Promise<{ found: EncoderPlace; folder: EncoderFolder; model: FolderModel }> {
  const found = await findEncoder(name, options);
  const known = await knownHashes(found.path);
  await checkNeeded(found, known, { variant: options.variant, weights: false });
  const folder = await readEncoderFolder(found.path, found.name);
  const isStatic = folder.modules.input.kind === "static";
  if (isStatic && options.variant !== undefined)
    throw new OptionError(`${name}: is a static encoder, which has no model files to choose from.`, {
      advice: say`Leave ${option("variant", options.variant)} out, or name a Transformer's folder.`,
    });
  return { found, folder, model: await openModel(folder, options, known) };
}

async function openModel(
  folder: EncoderFolder,
  options: OpenFolderOptions,
  known: KnownHashes,
): Promise<FolderModel> {
  if (isBuiltin(folder)) return openBuiltin(folder, known);
  if (folder.modules.input.kind === "static") return openStatic(folder, known);
  const { openTransformer } = await import("./transformer/transformer-encoder.js");
  return openTransformer(folder, options, known);
}

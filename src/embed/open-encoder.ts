import { stat } from "node:fs/promises";
import { ModelError } from "../errors.js";
import type { Encoder } from "../types.js";
import { readEncoderFolder } from "./folder/encoder-folder.js";
import type { PromptOptions } from "./folder/prompts.js";
import { folderEncoder } from "./folder-encoder.js";
import { createNgramEncoder } from "./ngram/ngram.js";
import { openStatic } from "./static/static-encoder.js";
import { openTransformer, type TransformerOptions } from "./transformer/transformer-encoder.js";

export interface EncoderOptions extends PromptOptions, TransformerOptions {
  /**
   * Size of the vectors: `ngram` makes as many; of a folder's vectors the first are kept and normalised again.
   * @default 256 for `ngram`, else the folder's
   */
  dimensions?: number;
  /** Chooses the random directions of `ngram`. @default 0 */
  seed?: number;
}

/**
 * Opens an encoder by name: `ngram`, or the path of a folder in Hugging Face layout.
 *
 * @throws ModelError if there is no such encoder or it cannot be used
 */
export async function openEncoder(name = "ngram", options: EncoderOptions = {}): Promise<Encoder> {
  if (name === "ngram") return createNgramEncoder(options);
  const found = await stat(name).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new ModelError(
      `${name}: no such encoder. Give a folder with tokenizer.json and an ONNX model or a static table, or ngram.`,
    );
  }
  const folder = await readEncoderFolder(name);
  const model =
    folder.modules.input.kind === "static"
      ? await openStatic(folder)
      : await openTransformer(folder, options);
  try {
    return folderEncoder(folder, model, options);
  } catch (error) {
    await model.close?.();
    throw error;
  }
}

import type { Encoder } from "../types.js";
import { blendEncoders, checkBlendWeight } from "./blend.js";
import { BUILTIN } from "./builtin.js";
import type { PromptOptions } from "./folder/prompts.js";
import { folderEncoder } from "./folder-encoder.js";
import { createNgramEncoder, NGRAM } from "./ngram/ngram.js";
import { openFolder } from "./open-folder.js";
import type { TransformerOptions } from "./transformer/transformer-encoder.js";

export interface EncoderOptions extends PromptOptions, TransformerOptions {
  /**
   * Size of the vectors: `ngram` makes as many; of a folder's vectors the first are kept and normalised again.
   * @default 256 for `ngram`, else all
   */
  dimensions?: number;
  /** Another encoder, opened as its folder says, and its share of a cosine. @default none */
  blend?: { encoder: string; weight: number };
  /** Chooses the random directions of `ngram`. @default 0 */
  seed?: number;
}

/**
 * Opens an encoder by name: `builtin`, which is shipped with the package, `ngram`, or the path of a folder in Hugging
 * Face or Model2Vec layout.
 *
 * @throws ModelError if there is no such encoder or it cannot be used
 */
export async function openEncoder(name = BUILTIN, options: EncoderOptions = {}): Promise<Encoder> {
  const { blend, ...own } = options;
  if (!blend) return openOne(name, own);
  checkBlendWeight(blend.weight);
  const opened: Encoder[] = [];
  try {
    opened.push(await openOne(name, own));
    opened.push(await openOne(blend.encoder, { threads: options.threads, seed: options.seed }));
    return blendEncoders(opened[0], opened[1], blend.weight);
  } catch (error) {
    for (const encoder of opened) await encoder.close?.();
    throw error;
  }
}

async function openOne(name: string, options: Omit<EncoderOptions, "blend">): Promise<Encoder> {
  if (name === NGRAM) return createNgramEncoder(options);
  const { folder, model } = await openFolder(name, options);
  try {
    return folderEncoder(folder, model, options);
  } catch (error) {
    await model.close?.();
    throw error;
  }
}

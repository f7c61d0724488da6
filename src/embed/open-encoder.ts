import type { OptionNames } from "../check-options.js";
import { refuseUnknown } from "../check-options.js";
import { OptionError } from "../errors.js";
import type { Encoder } from "../types/encoder.js";
import { option, say } from "../wording.js";
import { blendEncoders, checkBlendWeight } from "./blend.js";
import { BUILTIN } from "./builtin.js";
import type { PromptOptions } from "./folder/prompts.js";
import { folderEncoder } from "./folder-encoder.js";
import type { LanguageOptions } from "./languages.js";
import { createNgramEncoder, NGRAM } from "./ngram/ngram.js";
import { closeSides, type OpenFolderOptions, openSides } from "./open-folder.js";

/** An encoder that is mixed into another. */
export interface Blend {
  /** Its name, as `openEncoder` takes it. */
  encoder: string;
  /** Its share of a cosine, between 0 and 1. */
  weight: number;
}

/** How texts become vectors. */
export interface EncoderOptions extends PromptOptions, LanguageOptions, OpenFolderOptions {
  /**
   * Size of the vectors: `ngram` makes as many; of a folder's vectors the first are kept and normalised again.
   * @default 256 for `ngram`, else all
   */
  dimensions?: number;
  /** Another encoder, opened as its folder says, and its share of a cosine. @default none */
  blend?: Blend;
  /** Chooses the random directions of `ngram`. @default 0 */
  seed?: number;
}

/** The names of `EncoderOptions`. */
export const ENCODER_OPTIONS: OptionNames<EncoderOptions> = {
  dimensions: true,
  blend: true,
  seed: true,
  task: true,
  targetTask: true,
  prompt: true,
  promptName: true,
  targetPrompt: true,
  targetPromptName: true,
  language: true,
  targetLanguage: true,
  variant: true,
  threads: true,
  device: true,
  revision: true,
  signal: true,
  onEvent: true,
};

/**
 * Opens an encoder by name: `builtin`, which is shipped with the package, `ngram`, the path of a folder in Hugging Face or
 * Model2Vec layout, or the name of one on the hub, which is fetched where the cache does not have it. The built-in one is
 * read once a process and held until it ends (90 MB), however often it is opened and closed.
 *
 * @throws ModelError if there is no such encoder or it cannot be used; OutputError if the cache cannot take it
 */
export async function openEncoder(name = BUILTIN, options: EncoderOptions = {}): Promise<Encoder> {
  refuseUnknown("openEncoder", options, ENCODER_OPTIONS);
  const { blend, ...own } = options;
  if (!blend) return openOne(name, own);
  checkBlendWeight(blend.weight);
  const { threads, device, seed, signal, onEvent } = own;
  const opened: Encoder[] = [];
  try {
    opened.push(await openOne(name, own));
    opened.push(await openOne(blend.encoder, { threads, device, seed, signal, onEvent }));
    return blendEncoders(opened[0], opened[1], blend.weight);
  } catch (error) {
    for (const encoder of opened) await encoder.close?.();
    throw error;
  }
}

async function openOne(name: string, options: Omit<EncoderOptions, "blend">): Promise<Encoder> {
  if (name === NGRAM) {
    if (options.revision === undefined) return createNgramEncoder(options);
    throw new OptionError(
      say`${option("revision")} chooses among the revisions of an encoder on the hub; ${NGRAM} has none.`,
      { advice: "Leave it out." },
    );
  }
  const sides = await openSides(name, options);
  try {
    return folderEncoder(sides, options);
  } catch (error) {
    await closeSides(sides);
    throw error;
  }
}

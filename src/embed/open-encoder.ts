import { stat } from "node:fs/promises";
import { ModelError } from "../errors.js";
import type { Encoder } from "../types.js";
import { readEncoderFolder } from "./encoder-folder.js";
import { createNgramEncoder } from "./ngram.js";
import { openOnnxEncoder } from "./onnx.js";

export interface EncoderOptions {
  /** Which model file of a folder, such as `quantized` or `q4`. @default the plain `model.onnx` */
  variant?: string;
  /** Size of the vectors; `ngram` only. @default 256 */
  dimensions?: number;
  /** Chooses the random directions of `ngram`. @default 0 */
  seed?: number;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
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
      `${name}: no such encoder. Give a folder with tokenizer.json and an ONNX model, or ngram.`,
    );
  }
  return openOnnxEncoder(await readEncoderFolder(name, options.variant), options.threads);
}

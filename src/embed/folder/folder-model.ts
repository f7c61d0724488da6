import type { EncodeOptions } from "../../types.js";

/** What makes vectors of texts as an encoder's folder says: all but prompts and truncation to fewer dimensions. */
export interface FolderModel {
  /** The model file's name without its suffix, or `static`. */
  name: string;
  /** The model's file, where a folder may have several. */
  file?: string;
  dimensions: number;
  /** Texts of more tokens are cut; infinite where none is. */
  maxTokens: number;
  /** Whether texts are lower-cased, whatever the tokenizer does. */
  lowerCase?: boolean;
  /** Whether the model gives a vector a sentence, so that prompts cannot be left out of it. */
  poolsItself?: boolean;
  /** SHA-256 of all in the folder that a vector depends on. */
  digest: string;
  /** @param texts beginning with `prompt` */
  encode(texts: readonly string[], prompt: string, options: EncodeOptions): Promise<Float32Array>;
  close?(): Promise<void>;
}

import type { EncodeOptions } from "../../types.js";

/** What makes vectors of texts as an encoder's folder says: all but prompts and truncation to fewer dimensions. */
export interface FolderModel {
  /** The model file's name without its suffix, or `static`. */
  name: string;
  dimensions: number;
  /** Texts of more tokens are cut; infinite where none is. */
  maxTokens: number;
  /** SHA-256 of all in the folder that a vector depends on. */
  digest: string;
  /** @param texts beginning with `prompt` */
  encode(texts: readonly string[], prompt: string, options: EncodeOptions): Promise<Float32Array>;
  close?(): Promise<void>;
}

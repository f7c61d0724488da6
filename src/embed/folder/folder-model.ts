import type { Device } from "../../types/device.js";
import type { EncodeOptions } from "../../types/encoder.js";

/** What turns texts into vectors as an encoder's folder says, except for prompts and for cutting vectors short. */
export interface FolderModel {
  /** The model file's name without its suffix, or `static`. */
  name: string;
  /** The model's file, where a folder may have several. */
  file?: string;
  /** What it runs on, where that is no CPU. */
  device?: Device;
  dimensions: number;
  /** Texts of more tokens are cut; infinite where none is. */
  maxTokens: number;
  /** Whether texts are lower-cased, whatever the tokenizer does. */
  lowerCase?: boolean;
  /** Whether the model gives a vector for each sentence; then prompts cannot be left out of the pooling. */
  poolsItself?: boolean;
  /** SHA-256 of all in the folder that a vector depends on. */
  digest: string;
  /** @throws ModelError if texts cannot have that prompt before them */
  checkPrompt?(prompt: string): void;
  /** @param texts beginning with `prompt`, in the language of that code */
  encode(texts: readonly string[], prompt: string, options: EncodeOptions): Promise<Float32Array>;
  close?(): Promise<void>;
}

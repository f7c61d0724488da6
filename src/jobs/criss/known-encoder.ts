import { createHash } from "node:crypto";
import type { PromptOptions } from "../../embed/folder/prompts.js";
import type { OpenFolderOptions } from "../../embed/open-folder.js";
import type { SideVectors } from "../../steps/vectors/vectors-stage.js";
import type { Key } from "../../store/run/manifest.js";

/** How the start's folder is opened. */
export type CrissStartOptions = Pick<OpenFolderOptions, "variant" | "device" | "revision"> &
  Pick<PromptOptions, "prompt" | "promptName">;

/** An encoder's folder, and what identifies it. */
export interface KnownEncoder {
  folder: string;
  /**
   * What it is opened by, and its name in messages.
   * @default the folder
   */
  name?: string;
  key: Key;
  /** How to open it. */
  options?: CrissStartOptions;
  /** Its vectors of every text, if the run keeps them. */
  kept?: KeptVectors;
  /** Set when this is the frozen start and one trained layer: the layer is applied to the start's kept vectors. */
  over?: { kept: KeptVectors; openLayer(inputs: number): Promise<Layer> };
}

/** Identifies an encoder by all that its training depended on. */
export function trainedKey(training: Key): Key {
  return { trained: createHash("sha256").update(JSON.stringify(training)).digest("hex") };
}

/** An encoder's vectors of every text of a loop: each text is embedded once, and its vectors stay in the run. */
export interface KeptVectors {
  /** A text's, by its number. */
  of(text: number): Promise<SideVectors>;
  /** Closes the encoder; it is opened again when it is needed. */
  close(): Promise<void>;
}

/** A trained layer at the end of an encoder. */
export interface Layer {
  /** Tells it from any other. */
  digest: string;
  /** Size of its vectors. */
  dimensions: number;
  /** Maps rows of the encoder's vectors to its own, of unit length; a row of zeros stays zeros. */
  apply(vectors: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

import type { PromptOptions } from "../../embed/folder/prompts.js";
import type { TransformerOptions } from "../../embed/transformer/transformer-encoder.js";
import type { Key } from "../../store/manifest.js";

/** How a folder is opened that the loop starts from. */
export type StartFolderOptions = Pick<TransformerOptions, "variant"> &
  Pick<PromptOptions, "prompt" | "promptName">;

/** An encoder's folder, and what tells it from any other. */
export interface KnownEncoder {
  folder: string;
  key: Key;
  /** How to open it. */
  options?: StartFolderOptions;
}

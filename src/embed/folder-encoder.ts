import { basename, resolve } from "node:path";
import { ModelError } from "../errors.js";
import type { Encoder } from "../types/encoder.js";
import type { SideName } from "../types/texts.js";
import { checkDimensions } from "./check-dimensions.js";
import type { EncoderFolder } from "./folder/encoder-folder.js";
import type { FolderModel } from "./folder/folder-model.js";
import { choosePrompts, type PromptOptions } from "./folder/prompts.js";
import { NORMALISE } from "./folder/vector-step.js";
import { normaliseRows } from "./normalise.js";

export interface FolderEncoderOptions extends PromptOptions {
  /** Numbers of a vector that are kept, from the first; normalised again where the folder normalises. @default all */
  dimensions?: number;
}

/**
 * The encoder of a folder: prompts before the texts, vectors cut to fewer numbers (Kusupati et al. 2022, Matryoshka
 * representation learning).
 *
 * @throws OptionError if there are not as many dimensions, or no such prompt; ModelError if a prompt cannot be left out
 *   as the folder asks
 */
export function folderEncoder(
  folder: EncoderFolder,
  model: FolderModel,
  { dimensions: asked, ...options }: FolderEncoderOptions,
): Encoder {
  const prompts = choosePrompts(folder.name, folder.prompts, options);
  checkPrompts(folder, model, prompts);
  checkDimensions(asked, model.dimensions, folder.name);
  const dimensions = Math.min(asked ?? folder.truncateDimensions ?? model.dimensions, model.dimensions);
  // Vectors cut by request are normalised again; vectors that the folder cuts are left as
  // sentence-transformers leaves them.
  const again =
    asked !== undefined && dimensions < model.dimensions && folder.modules.steps.at(-1) === NORMALISE;
  const size = again && folder.truncateDimensions === dimensions ? `${dimensions}-normalised` : dimensions;
  const name = basename(resolve(folder.name));
  return {
    space: `${name}-${model.name}-${size}-${model.digest.slice(0, 12)}`,
    dimensions,
    prompts: prompts.source || prompts.target ? prompts : undefined,
    centre: folder.centre || undefined,
    maxTokens: Number.isFinite(model.maxTokens) ? model.maxTokens : undefined,
    // A static encoder has no model files to choose from, so there is nothing to tell.
    description:
      model.name === "static" ? undefined : describeFolder(name, folder, model, { dimensions, prompts }),
    close: model.close,
    encode: async (texts, options = {}) => {
      const prompt = prompts[options.side ?? "source"];
      const vectors = await model.encode(
        texts.map((text) => prompt + text),
        prompt,
        options,
      );
      if (dimensions === model.dimensions) return vectors;
      const kept = firstColumns(vectors, model.dimensions, dimensions);
      return again ? normaliseRows(kept, dimensions) : kept;
    },
  };
}

function checkPrompts(
  { name, modules }: EncoderFolder,
  { poolsItself, checkPrompt }: FolderModel,
  { source, target }: Record<SideName, string>,
): void {
  for (const prompt of [source, target]) checkPrompt?.(prompt);
  if (!poolsItself || modules.includePrompt || (source === "" && target === "")) return;
  throw new ModelError(
    `${name}: leaves prompts out of the pooling (include_prompt is false), but its ONNX model does the pooling itself.`,
    { advice: "Export the model without pooling, or give an empty prompt." },
  );
}

/** rows × width to rows × dimensions. */
function firstColumns(vectors: Float32Array, width: number, dimensions: number): Float32Array {
  const rows = vectors.length / width;
  const kept = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++)
    kept.set(vectors.subarray(row * width, row * width + dimensions), row * dimensions);
  return kept;
}

function describeFolder(
  name: string,
  { prompts: { ofCard } }: EncoderFolder,
  model: FolderModel,
  { dimensions, prompts: { source, target } }: { dimensions: number; prompts: Record<SideName, string> },
): string {
  const parts = [`${name}: ${model.name}`, `${dimensions} dimensions`];
  if (Number.isFinite(model.maxTokens)) parts.push(`at most ${model.maxTokens} tokens`);
  if (source === target) parts.push(source === "" ? "no prompt" : `prompt ${JSON.stringify(source)}`);
  else parts.push(`prompts ${JSON.stringify(source)} and ${JSON.stringify(target)}`);
  if (ofCard !== undefined)
    parts.push(`its card asks for the prompt ${JSON.stringify(ofCard)}, an empty one leaves it out`);
  return parts.join(" · ");
}

import { basename, resolve } from "node:path";
import { OptionError } from "../errors.js";
import type { Encoder } from "../types.js";
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
 * @throws OptionError if there are not as many dimensions, or no such prompt
 */
export function folderEncoder(
  folder: EncoderFolder,
  model: FolderModel,
  { dimensions: asked, ...options }: FolderEncoderOptions,
): Encoder {
  const prompts = choosePrompts(folder.path, folder.prompts, options);
  if (asked !== undefined && !(asked >= 1 && asked <= model.dimensions))
    throw new OptionError(
      `dimensions is ${asked}, but the vectors of ${folder.path} have ${model.dimensions}; expected 1 to ${model.dimensions}.`,
    );
  const dimensions = Math.min(asked ?? folder.truncateDimensions ?? model.dimensions, model.dimensions);
  const name = basename(resolve(folder.path));
  return {
    space: `${name}-${model.name}-${dimensions}-${model.digest.slice(0, 12)}`,
    dimensions,
    prompts: prompts.source || prompts.target ? prompts : undefined,
    centre: folder.centre || undefined,
    maxTokens: Number.isFinite(model.maxTokens) ? model.maxTokens : undefined,
    description: describe(name, model, dimensions, prompts),
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
      const normalises = asked !== undefined && folder.modules.steps.at(-1) === NORMALISE;
      return normalises ? normaliseRows(kept, dimensions) : kept;
    },
  };
}

/** rows × width to rows × dimensions. */
function firstColumns(vectors: Float32Array, width: number, dimensions: number): Float32Array {
  const rows = vectors.length / width;
  const kept = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++)
    kept.set(vectors.subarray(row * width, row * width + dimensions), row * dimensions);
  return kept;
}

function describe(
  name: string,
  model: FolderModel,
  dimensions: number,
  { source, target }: { source: string; target: string },
): string {
  const parts = [`${name}: ${model.name}`, `${dimensions} dimensions`];
  if (Number.isFinite(model.maxTokens)) parts.push(`at most ${model.maxTokens} tokens`);
  if (source === target) parts.push(source === "" ? "no prompt" : `prompt ${JSON.stringify(source)}`);
  else parts.push(`prompts ${JSON.stringify(source)} and ${JSON.stringify(target)}`);
  return parts.join(" · ");
}

import { basename, resolve } from "node:path";
import { ModelError } from "../errors.js";
import type { Encoder, EncoderLanguages } from "../types/encoder.js";
import type { SideName } from "../types/texts.js";
import { checkDimensions } from "./check-dimensions.js";
import { choosePrompts, type PromptOptions } from "./folder/prompts.js";
import { NORMALISE } from "./folder/vector-step.js";
import { encoderLanguages, type LanguageOptions } from "./languages.js";
import { normaliseRows } from "./normalise.js";
import { closeSides, type OpenFolder, type OpenSides } from "./open-folder.js";

export interface FolderEncoderOptions extends PromptOptions, LanguageOptions {
  /** Numbers of a vector that are kept, from the first; normalised again where the folder normalises. @default all */
  dimensions?: number;
}

/**
 * The encoder of a folder: prompts before the texts, vectors cut to fewer numbers (Kusupati et al. 2022, Matryoshka
 * representation learning).
 *
 * @throws OptionError if there are not as many dimensions, or no such prompt or language; ModelError if a prompt cannot be left out
 *   as the folder asks
 */
export function folderEncoder(
  sides: OpenSides,
  { dimensions: asked, ...options }: FolderEncoderOptions = {},
): Encoder {
  const { folder, model } = sides.source;
  const prompts = choosePrompts(folder.name, folder.prompts, options);
  const languages = encoderLanguages(
    folder.name,
    folder.languages && Object.keys(folder.languages.tokens),
    options,
  );
  checkSides(sides, prompts);
  checkDimensions(asked, model.dimensions, folder.name);
  const dimensions = Math.min(asked ?? folder.truncateDimensions ?? model.dimensions, model.dimensions);
  // Vectors cut by request are normalised again; vectors that the folder cuts are left as
  // sentence-transformers leaves them.
  const isCut = asked !== undefined && dimensions < model.dimensions;
  const again = (side: SideName) => isCut && sides[side].folder.modules.steps.at(-1) === NORMALISE;
  const size =
    again("source") && folder.truncateDimensions === dimensions ? `${dimensions}-normalised` : dimensions;
  const name = basename(resolve(folder.name));
  return {
    space: `${name}-${sides.kind}-${size}-${sides.digest.slice(0, 12)}`,
    dimensions,
    tasks: tasksOf(options),
    prompts: prompts.source || prompts.target ? prompts : undefined,
    languages,
    centre: folder.centre || undefined,
    maxTokens: Number.isFinite(model.maxTokens) ? model.maxTokens : undefined,
    // A static encoder has no model files to choose from, so there is nothing to tell.
    description:
      model.name === "static" && sides.target.model.name === "static"
        ? undefined
        : describeFolder(name, sides, { dimensions, prompts, languages }),
    close: () => closeSides(sides),
    encode: async (texts, options = {}) => {
      const side = options.side ?? "source";
      const vectors = await sides[side].model.encode(
        texts.map((text) => prompts[side] + text),
        prompts[side],
        { ...options, language: languages?.codeOf(side, options.language) },
      );
      if (dimensions === model.dimensions) return vectors;
      const kept = firstColumns(vectors, model.dimensions, dimensions);
      return again(side) ? normaliseRows(kept, dimensions) : kept;
    },
  };
}

/** @throws ModelError if a side's prompt cannot be put, or vectors of both sides cannot be compared */
function checkSides(sides: OpenSides, prompts: Record<SideName, string>): void {
  for (const side of ["source", "target"] as const) checkPrompt(sides[side], prompts[side]);
  const [source, target] = [sides.source, sides.target].map(({ folder, model }) => ({
    ...model,
    route: folder.modules.route,
  }));
  if (source.dimensions === target.dimensions) return;
  throw new ModelError(
    `${sides.source.folder.name}: its route ${source.route} gives ${source.dimensions} dimensions, its route ${target.route} ${target.dimensions}: vectors of both sides cannot be compared.`,
    { advice: "Give both sides the same task." },
  );
}

function checkPrompt(
  { folder: { name, modules }, model: { poolsItself, checkPrompt: check } }: OpenFolder,
  prompt: string,
): void {
  check?.(prompt);
  if (!poolsItself || modules.includePrompt || prompt === "") return;
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

function tasksOf({ task, targetTask = task }: PromptOptions): Encoder["tasks"] {
  return task === undefined && targetTask === undefined ? undefined : { source: task, target: targetTask };
}

function describeFolder(
  name: string,
  { source: { folder, model }, target: other }: OpenSides,
  {
    dimensions,
    prompts: { source, target },
    languages,
  }: { dimensions: number; prompts: Record<SideName, string>; languages: Encoder["languages"] },
): string {
  const { ofCard } = folder.prompts;
  const models = model === other.model ? model.name : `${model.name} and ${other.model.name}`;
  const parts = [`${name}: ${models}`, `${dimensions} dimensions`];
  const routes = [folder, other.folder].flatMap(({ modules }) => modules.route ?? []);
  if (routes.length > 0)
    parts.push(routes[0] === routes[1] ? `route ${routes[0]}` : `routes ${routes.join(" and ")}`);
  if (model.device !== undefined) parts.push(`on ${model.device}`);
  if (Number.isFinite(model.maxTokens)) parts.push(`at most ${model.maxTokens} tokens`);
  if (source === target) parts.push(source === "" ? "no prompt" : `prompt ${JSON.stringify(source)}`);
  else parts.push(`prompts ${JSON.stringify(source)} and ${JSON.stringify(target)}`);
  if (languages) parts.push(describeLanguages(languages));
  if (ofCard !== undefined)
    parts.push(`its card asks for the prompt ${JSON.stringify(ofCard)}, an empty one leaves it out`);
  return parts.join(" · ");
}

function describeLanguages({ codes, sides: { source, target } }: EncoderLanguages): string {
  const told = [source, target].filter((code) => code !== undefined);
  if (told.length === 0) return `${codes.length} languages`;
  return told.length === 1 ? `language ${told[0]}` : `languages ${told.join(" and ")}`;
}

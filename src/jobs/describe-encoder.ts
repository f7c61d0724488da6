import { type EncoderFolder, readEncoderFolder } from "../embed/folder/encoder-folder.js";
import { listVariants } from "../embed/folder/variants.js";
import { openEncoder } from "../embed/open-encoder.js";

/** What a folder holds and asks for. */
export interface EncoderFacts {
  kind: "transformer" | "static";
  /** Numbers of a vector, as `openEncoder` gives it without options. */
  dimensions: number;
  space: string;
  /** How token vectors become one; of a Transformer. */
  pooling?: readonly string[];
  /** What is done with a sentence's vector. */
  steps: string[];
  /** By name. */
  prompts: Readonly<Record<string, string>>;
  defaultPrompt?: string;
  /** Longest input in tokens; absent where there is no limit. */
  maxTokens?: number;
  /** Model files of a Transformer; the first is the one that is taken. */
  variants: { name: string; bytes: number }[];
}

/**
 * Tells what an encoder's folder is, by its configuration and by opening it.
 *
 * @throws ModelError if it cannot be used
 */
export async function describeEncoder(
  path: string,
  { variant }: { variant?: string } = {},
): Promise<EncoderFacts> {
  const encoder = await openEncoder(path, { variant });
  await encoder.close?.();
  const folder = await readEncoderFolder(path);
  const { modules, prompts } = folder;
  return {
    kind: modules.input.kind,
    dimensions: encoder.dimensions,
    space: encoder.space,
    pooling: modules.input.kind === "transformer" ? modules.pooling : undefined,
    steps: modules.steps.map(({ name }) => name),
    prompts: prompts.named,
    defaultPrompt: prompts.defaultName,
    maxTokens: encoder.maxTokens,
    variants: variantsOf(folder),
  };
}

function variantsOf({ path, modules }: EncoderFolder): EncoderFacts["variants"] {
  if (modules.input.kind === "static") return [];
  return listVariants([modules.input.module, path]).map(({ name, bytes }) => ({ name, bytes }));
}

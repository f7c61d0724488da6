import { basename } from "node:path";
import { ModelError } from "../../errors.js";
import { noteStates, refuseChanges } from "../../store/files/file-state.js";
import type { RunsOn } from "../../types/runs-on.js";
import { digestOf } from "../folder/digest.js";
import type { EncoderFolder } from "../folder/encoder-folder.js";
import type { FolderModel } from "../folder/folder-model.js";
import { readInputSettings } from "../folder/input-settings.js";
import type { KnownHashes } from "../folder/known-hashes.js";
import type { Modules } from "../folder/modules.js";
import { findTokenizer } from "../folder/tokenizer-file.js";
import { chooseVariant, externalData } from "../folder/variants.js";
import { NORMALISE } from "../folder/vector-step.js";
import { openTokenizer } from "../tokenizer.js";
import { chatTexts, renderChat } from "./chat-texts.js";
import { codedTexts } from "./coded-texts.js";
import { plainTexts, type Tokenise } from "./plain-texts.js";
import { pool, type TokenStates } from "./pooling.js";
import { mapTokenBatches, type TokenBatch } from "./token-batches.js";
import { type ModelOutput, openTokenModel, type TokenModel } from "./token-model.js";

/** How a Transformer is opened. */
export interface TransformerOptions extends RunsOn {
  /** Which model file of the folder, such as `quantized` or `q4`. @default float32 if there is one */
  variant?: string;
}

/**
 * Opens a Transformer sentence encoder: tokenizer and model, then pooling, dense layers and normalisation as its folder
 * asks for (Reimers & Gurevych 2019).
 *
 * @param known compared with model and tokenizer before they are used
 * @throws ModelError if tokenizer or model cannot be used; InputError if one is damaged
 */
export async function openTransformer(
  folder: EncoderFolder,
  { variant, threads, device }: TransformerOptions,
  known: KnownHashes,
): Promise<FolderModel> {
  const { path, modules } = folder;
  const { input, chat, includePrompt, sentenceOutput } = modules;
  const { modelPath, tokenizerPath, files } = filesOf(folder, variant);
  const states = await noteStates(files);
  const settings = await readInputSettings(input);
  const { maxTokens, positions, changes, cut } = settings;
  // A chat template writes its own.
  const specialTokens = settings.specialTokens && !chat;
  const digest = await digestTransformer(folder, variant, known);
  const openWith = (longest: number) =>
    openTokenizer(tokenizerPath, { maxTokens: longest, specialTokens, cut, changes });
  const tokenizer = openWith(maxTokens);
  const plain = chat
    ? chatTexts(chat, tokenizer, maxTokens, () => openWith(Number.POSITIVE_INFINITY))
    : plainTexts(tokenizer, includePrompt);
  const tokenise = folder.languages ? codedTexts(plain, folder.languages) : plain;
  const { nameOf } = tokenizer;
  const model = await openTokenModel(
    modelPath,
    { nameOf, maxTokens, positions },
    { sentenceOutput, threads, device },
  );
  try {
    const { dimensions, poolsItself } = await probe(path, tokenise, model, modules);
    // The digest is of what was read.
    await refuseChanges(states);
    return {
      name: basename(modelPath, ".onnx"),
      file: modelPath,
      device: device === "cpu" ? undefined : device,
      dimensions,
      maxTokens,
      lowerCase: changes.lowerCase,
      poolsItself,
      digest,
      close: () => model.close(),
      checkPrompt: chat && ((prompt) => void renderChat(chat, "1", prompt)),
      encode: encodeWith(tokenise, model, modules, dimensions),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/**
 * SHA-256 of all in a Transformer's folder that a vector depends on.
 *
 * @throws InputError if a file is damaged; ModelError if one cannot be read
 */
export async function digestTransformer(
  folder: EncoderFolder,
  variant: string | undefined,
  known: KnownHashes,
): Promise<string> {
  const { input, chat, pooling, includePrompt, tokenSteps, steps, sentenceOutput } = folder.modules;
  const { maxTokens, changes, cut, specialTokens } = await readInputSettings(input);
  return digestOf(
    filesOf(folder, variant).files,
    {
      maxTokens,
      lowerCase: changes.lowerCase,
      // What nearly every folder asks for is not mentioned, so that its vectors stay in the same space.
      cut: cut === "left" ? cut : undefined,
      specialTokens: specialTokens && !chat ? undefined : false,
      tokenizer: changes.parts,
      chat: chat?.digest,
      languages: folder.languages?.tokens,
      sentenceOutput,
      tokenSteps: tokenSteps.length > 0 ? tokenSteps.map(({ digest }) => digest) : undefined,
      pooling,
      includePrompt,
      steps: steps.map(({ digest }) => digest),
    },
    known,
  );
}

function filesOf({ path, modules: { input } }: EncoderFolder, variant: string | undefined) {
  const { path: modelPath } = chooseVariant([input.module, path], variant);
  const tokenizerPath = findTokenizer(input.path)!;
  return { modelPath, tokenizerPath, files: [modelPath, ...externalData(modelPath), tokenizerPath] };
}

/** What the model gives, by its vector of a short text. */
async function probe(path: string, tokenise: Tokenise, model: TokenModel, modules: Modules) {
  const { ids } = await tokenise(["1"], "");
  const [{ length }] = ids;
  const output = await model.run(ids, length);
  if (output.kind === "tokens" && !modules.pools)
    throw new ModelError(
      `${path}: modules.json lists no Pooling, but the model gives a vector for each token.`,
      { advice: "Load the encoder with sentence-transformers, add one, and save it again." },
    );
  return {
    dimensions: finish(output, modules, [length], 0).length,
    poolsItself: output.kind !== "tokens",
  };
}

function encodeWith(
  tokenise: Tokenise,
  model: TokenModel,
  modules: Modules,
  dimensions: number,
): FolderModel["encode"] {
  return async (texts, prompt, { language, signal, onEncoded, onTruncated }) => {
    const { ids, truncated, first } = await tokenise(texts, prompt, language);
    onTruncated?.(truncated.filter(Boolean).length);
    const lengths = ids.map(({ length }) => length);
    const vectors = new Float32Array(texts.length * dimensions);
    const encodeBatch = async ({ rows, paddedLength }: TokenBatch): Promise<number> => {
      // Tokenizers without special tokens give no tokens for some texts; their vectors stay zeros.
      const filled = rows.filter((row) => lengths[row] > 0);
      if (filled.length > 0) {
        const batch = filled.map((row) => ids[row]);
        const output = await model.run(batch, paddedLength);
        const ofBatch = batch.map(({ length }) => length);
        const found = finish(output, modules, ofBatch, first);
        for (const [i, row] of filled.entries())
          vectors.set(found.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions);
      }
      return rows.length;
    };
    for await (const encoded of mapTokenBatches(lengths, encodeBatch, signal)) onEncoded?.(encoded);
    return vectors;
  };
}

/**
 * Sentences' vectors of what a model gives.
 *
 * @param prompt how many tokens of a prompt do not count
 */
function finish(output: ModelOutput, modules: Modules, lengths: number[], prompt: number): Float32Array {
  if (output.kind === "sentences") {
    // A graph that pools also holds the other modules, though many leave out the last one.
    const isLast = modules.steps.at(-1) === NORMALISE;
    return isLast ? NORMALISE.apply(output.data, output.data.length / lengths.length) : output.data;
  }
  const texts = lengths.length;
  const first = output.kind === "texts" ? output.data : poolTokens(output, modules, lengths, prompt);
  return modules.steps.reduce((vectors, step) => step.apply(vectors, vectors.length / texts), first);
}

function poolTokens(states: TokenStates, modules: Modules, lengths: number[], prompt: number): Float32Array {
  const { tokenSteps, pooling } = modules;
  const rows = lengths.length * states.paddedLength;
  const data = tokenSteps.reduce((vectors, step) => step.apply(vectors, vectors.length / rows), states.data);
  return pool({ ...states, data, dimensions: data.length / rows }, lengths, pooling, prompt);
}

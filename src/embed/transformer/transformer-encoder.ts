import { basename, join } from "node:path";
import { digestOf } from "../folder/digest.js";
import type { EncoderFolder } from "../folder/encoder-folder.js";
import type { FolderModel } from "../folder/folder-model.js";
import { longestInput, lowersCase } from "../folder/input-settings.js";
import { chooseVariant, externalData } from "../folder/variants.js";
import { NORMALISE } from "../folder/vector-step.js";
import { openTokenizer } from "../tokenizer.js";
import { pool } from "./pooling.js";
import { cutTokenBatches } from "./token-batches.js";
import { type ModelOutput, openTokenModel } from "./token-model.js";

/** Padding included. Larger batches leave the processor's cache and gain nothing. */
export const TOKENS_A_BATCH = 2048;

export interface TransformerOptions {
  /** Which model file of the folder, such as `quantized` or `q4`. @default the plain `model.onnx` */
  variant?: string;
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
}

/**
 * Opens a Transformer sentence encoder: tokenizer and model, then pooling, dense layers and normalisation as its folder
 * asks for (Reimers & Gurevych 2019).
 *
 * @throws ModelError if tokenizer or model cannot be used
 */
export async function openTransformer(
  { path, modules }: EncoderFolder,
  { variant, threads }: TransformerOptions,
): Promise<FolderModel> {
  const input = modules.input.path;
  const { path: modelPath } = chooseVariant(path, variant);
  const tokenizerPath = join(input, "tokenizer.json");
  const maxTokens = await longestInput(input);
  const lowerCase = await lowersCase(input);
  const { tokenize, nameOf } = openTokenizer(tokenizerPath, { maxTokens, specialTokens: true });
  const model = await openTokenModel(modelPath, nameOf, threads);
  const prepare = (text: string) => (lowerCase ? text.trim().toLowerCase() : text.trim());

  /** The first token that is pooled: beyond the prompt, where that is to be left out. */
  const firstPooled = async (prompt: string) => {
    if (modules.includePrompt || prompt === "") return 0;
    const { ids } = await tokenize([prepare(prompt)]);
    // Its closing special token comes after the sentence.
    return ids[0].length - 1;
  };

  const finish = (output: ModelOutput, lengths: number[], first: number): Float32Array => {
    // A graph that pools has the other modules in it, too.
    const pooled = output.kind === "tokens";
    const steps = pooled ? modules.steps : modules.steps.filter((step) => step === NORMALISE);
    let vectors = pooled ? pool(output, lengths, modules.pooling, first) : output.data;
    for (const step of steps) vectors = step.apply(vectors, vectors.length / lengths.length);
    return vectors;
  };

  try {
    const { ids } = await tokenize(["1"]);
    const [{ length }] = ids;
    const dimensions = finish(await model.run(ids, length), [length], 0).length;
    return {
      name: basename(modelPath, ".onnx"),
      dimensions,
      maxTokens,
      digest: await digestOf([modelPath, ...externalData(modelPath), tokenizerPath], {
        maxTokens,
        lowerCase,
        pooling: modules.pooling,
        includePrompt: modules.includePrompt,
        steps: modules.steps.map(({ digest }) => digest),
      }),
      close: () => model.close(),
      encode: async (texts, prompt, { signal, onEncoded, onTruncated }) => {
        const first = await firstPooled(prompt);
        const { ids, truncated } = await tokenize(texts.map(prepare));
        onTruncated?.(truncated.filter(Boolean).length);
        const lengths = ids.map(({ length }) => length);
        const vectors = new Float32Array(texts.length * dimensions);
        for (const { rows, paddedLength } of cutTokenBatches(lengths, TOKENS_A_BATCH)) {
          signal?.throwIfAborted();
          const output = await model.run(
            rows.map((row) => ids[row]),
            paddedLength,
          );
          const batch = finish(
            output,
            rows.map((row) => lengths[row]),
            first,
          );
          for (const [i, row] of rows.entries())
            vectors.set(batch.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions);
          onEncoded?.(rows.length);
        }
        return vectors;
      },
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

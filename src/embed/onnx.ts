import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { basename } from "node:path";
import { ModelError } from "../errors.js";
import type { Encoder } from "../types.js";
import type { EncoderFolder } from "./encoder-folder.js";
import { normaliseRows } from "./normalise.js";
import { pool } from "./pooling.js";
import { cutTokenBatches } from "./token-batches.js";
import { type ModelOutput, openTokenModel } from "./token-model.js";
import { openTokenizer } from "./tokenizer.js";

/** Padding included. Larger batches leave the processor's cache and gain nothing. */
const TOKENS_A_BATCH = 2048;

/**
 * Opens a Transformer sentence encoder: prompt, tokenizer, model, then pooling, dense layers and normalisation as its
 * folder asks for (Reimers & Gurevych 2019).
 *
 * @throws ModelError if tokenizer or model cannot be used
 */
export async function openOnnxEncoder(folder: EncoderFolder, threads?: number): Promise<Encoder> {
  const { prompt, modelPath, modules } = folder;
  const tokenize = openTokenizer(folder.tokenizerPath, folder.maxTokens);
  const model = await openTokenModel(modelPath, threads);
  const [promptTokens] = await tokenize([prompt]);
  // Its closing special token comes after the sentence.
  const first = modules.includePrompt || prompt === "" ? 0 : promptTokens.length - 1;
  const finish = (output: ModelOutput, lengths: number[]) => finishVectors(output, lengths, folder, first);
  const dimensions = finish(await model.run([promptTokens], promptTokens.length), [
    promptTokens.length,
  ]).length;

  return {
    space: await nameSpace(folder, dimensions),
    dimensions,
    prompt,
    close: () => model.close(),
    encode: async (texts, { signal, onEncoded } = {}) => {
      const tokens = await tokenize(texts.map((text) => prompt + text));
      const vectors = new Float32Array(texts.length * dimensions);
      const lengths = tokens.map((ids) => ids.length);
      for (const { rows, paddedLength } of cutTokenBatches(lengths, TOKENS_A_BATCH)) {
        signal?.throwIfAborted();
        const output = await model.run(
          rows.map((row) => tokens[row]),
          paddedLength,
        );
        const batch = finish(
          output,
          rows.map((row) => lengths[row]),
        );
        for (const [i, row] of rows.entries())
          vectors.set(batch.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions);
        onEncoded?.(rows.length);
      }
      return vectors;
    },
  };
}

/** Pooling and dense layers, where the model has not done them itself; normalisation; truncation. */
function finishVectors(
  output: ModelOutput,
  lengths: number[],
  { modules, modelPath, truncateDimensions }: EncoderFolder,
  first: number,
): Float32Array {
  let vectors = output.kind === "sentences" ? output.data : pool(output, lengths, modules.pooling, first);
  if (output.kind === "tokens") {
    for (const dense of modules.dense) {
      if (vectors.length !== lengths.length * dense.inputs) {
        throw new ModelError(
          `${modelPath}: gives vectors of ${vectors.length / lengths.length} numbers, but the Dense module takes ${dense.inputs}. The folder's files are of different models.`,
        );
      }
      vectors = dense.apply(vectors);
    }
  }
  const dimensions = vectors.length / lengths.length;
  if (modules.normalise) normaliseRows(vectors, dimensions);
  if (truncateDimensions === undefined || truncateDimensions >= dimensions) return vectors;
  const truncated = new Float32Array(lengths.length * truncateDimensions);
  for (let row = 0; row < lengths.length; row++) {
    const from = row * dimensions;
    truncated.set(vectors.subarray(from, from + truncateDimensions), row * truncateDimensions);
  }
  return truncated;
}

/** Names everything that a vector depends on: the model with its external data, the tokenizer, prompt and length. */
async function nameSpace(folder: EncoderFolder, dimensions: number): Promise<string> {
  const { path, modelPath, tokenizerPath, prompt, maxTokens } = folder;
  const hash = createHash("sha256").update(JSON.stringify({ prompt, maxTokens, ...configuration(folder) }));
  const externalData = [`${modelPath}_data`, `${modelPath}.data`].filter((name) => existsSync(name));
  for (const file of [modelPath, ...externalData, tokenizerPath])
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  const digest = hash.digest("hex").slice(0, 12);
  return `${basename(path)}-${basename(modelPath, ".onnx")}-${dimensions}-${digest}`;
}

/** The configuration that a vector depends on, with the dense layers' weights. */
function configuration({ modules, truncateDimensions }: EncoderFolder) {
  const { pooling, includePrompt, normalise, dense } = modules;
  return { pooling, includePrompt, normalise, dense: dense.map(({ digest }) => digest), truncateDimensions };
}

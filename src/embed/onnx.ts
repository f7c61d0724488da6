import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { basename } from "node:path";
import { ModelError } from "../errors.js";
import { openSession, type Session, Tensor } from "../runtime/session.js";
import type { Encoder } from "../types.js";
import type { EncoderFolder } from "./encoder-folder.js";
import { normaliseRows } from "./normalise.js";
import { meanPool } from "./pooling.js";
import { cutTokenBatches } from "./token-batches.js";
import { openTokenizer } from "./tokenizer.js";

/** Padding included. Larger batches leave the processor's cache and gain nothing. */
const TOKENS_A_BATCH = 2048;

/**
 * Opens a Transformer sentence encoder: prompt, tokenizer, model, mean over the tokens, L2 normalisation
 * (Reimers & Gurevych 2019).
 *
 * @throws ModelError if tokenizer or model cannot be used
 */
export async function openOnnxEncoder(folder: EncoderFolder, threads?: number): Promise<Encoder> {
  const tokenize = openTokenizer(folder.tokenizerPath, folder.maxTokens);
  const session = await openSession(folder.modelPath, threads);
  const [probe] = await tokenize([folder.prompt]);
  const { dimensions } = await runBatch(session, folder.modelPath, [probe], probe.length);

  return {
    space: await nameSpace(folder, dimensions),
    dimensions,
    prompt: folder.prompt,
    close: () => session.close(),
    encode: async (texts, { signal, onEncoded } = {}) => {
      const tokens = await tokenize(texts.map((text) => folder.prompt + text));
      const vectors = new Float32Array(texts.length * dimensions);
      const lengths = tokens.map((ids) => ids.length);
      for (const { rows, paddedLength } of cutTokenBatches(lengths, TOKENS_A_BATCH)) {
        signal?.throwIfAborted();
        const batch = rows.map((row) => tokens[row]);
        const { states } = await runBatch(session, folder.modelPath, batch, paddedLength);
        const batchLengths = rows.map((row) => lengths[row]);
        const pooled = normaliseRows(meanPool(states, batchLengths, paddedLength, dimensions), dimensions);
        for (const [i, row] of rows.entries()) {
          vectors.set(pooled.subarray(i * dimensions, (i + 1) * dimensions), row * dimensions);
        }
        onEncoded?.(rows.length);
      }
      return vectors;
    },
  };
}

/** The model's token vectors: texts × paddedLength × dimensions. */
async function runBatch(session: Session, modelPath: string, batch: number[][], paddedLength: number) {
  const shape = [batch.length, paddedLength];
  const ids = new BigInt64Array(batch.length * paddedLength);
  const mask = new BigInt64Array(ids.length);
  for (const [row, tokens] of batch.entries()) {
    for (const [i, token] of tokens.entries()) {
      ids[row * paddedLength + i] = BigInt(token);
      mask[row * paddedLength + i] = 1n;
    }
  }
  const inputs: Record<string, Tensor> = {
    input_ids: new Tensor("int64", ids, shape),
    attention_mask: new Tensor("int64", mask, shape),
  };
  if (session.inputNames.includes("token_type_ids"))
    inputs.token_type_ids = new Tensor("int64", new BigInt64Array(ids.length), shape);

  const outputs = await session.run(inputs).catch((cause) => {
    throw new ModelError(
      `${modelPath}: the model does not run on token ids (it wants ${session.inputNames.join(", ")}): ${cause.message}`,
      { cause },
    );
  });
  const name = outputs.last_hidden_state ? "last_hidden_state" : session.outputNames[0];
  const states = outputs[name] as Tensor;
  if (states.dims.length !== 3 || states.type !== "float32") {
    throw new ModelError(
      `${modelPath}: output ${name} is ${states.type} with ${states.dims.length} dimensions; expected float32 token vectors: texts × tokens × dimensions.`,
    );
  }
  return { states: states.data as Float32Array, dimensions: states.dims[2] };
}

/** Names everything that a vector depends on: the model with its external data, the tokenizer, prompt and length. */
async function nameSpace(folder: EncoderFolder, dimensions: number): Promise<string> {
  const { path, modelPath, tokenizerPath, prompt, maxTokens } = folder;
  const hash = createHash("sha256").update(JSON.stringify({ prompt, maxTokens }));
  const externalData = [`${modelPath}_data`, `${modelPath}.data`].filter((name) => existsSync(name));
  for (const file of [modelPath, ...externalData, tokenizerPath])
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  const digest = hash.digest("hex").slice(0, 12);
  return `${basename(path)}-${basename(modelPath, ".onnx")}-${dimensions}-${digest}`;
}

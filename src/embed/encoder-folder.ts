import { existsSync } from "node:fs";
import { join } from "node:path";
import { ModelError } from "../errors.js";
import { type Modules, readModules } from "./modules.js";
import { readJson } from "./read-json.js";

/** What a folder in sentence-transformers' layout says of its encoder. */
export interface EncoderFolder {
  path: string;
  tokenizerPath: string;
  modelPath: string;
  /** Text put before every sentence. */
  prompt: string;
  /** Longest input in tokens, special ones included. */
  maxTokens: number;
  /** What is done with token vectors. */
  modules: Modules;
  /** Numbers of a vector that are kept, from the first (Matryoshka); all where it is not given. */
  truncateDimensions?: number;
}

interface SentenceTransformersConfig {
  prompts?: Record<string, unknown>;
  default_prompt_name?: string | null;
  truncate_dim?: number | null;
}

const DEFAULT_MAX_TOKENS = 512;

/**
 * Reads the configuration of an encoder in sentence-transformers' layout.
 *
 * @param variant which model file: `quantized` is `onnx/model_quantized.onnx`; the plain `model.onnx` by default
 * @throws ModelError if a file is missing, or the configuration asks for what cannot be done
 */
export async function readEncoderFolder(path: string, variant?: string): Promise<EncoderFolder> {
  const tokenizerPath = join(path, "tokenizer.json");
  if (!existsSync(tokenizerPath)) {
    throw new ModelError(
      `${path}: has no tokenizer.json. An encoder's folder holds tokenizer.json and an ONNX model, as exported from sentence-transformers.`,
    );
  }
  const modelPath = findModel(path, variant);
  const config: SentenceTransformersConfig =
    (await readJson(join(path, "config_sentence_transformers.json"))) ?? {};
  return {
    path,
    tokenizerPath,
    modelPath,
    prompt: defaultPrompt(path, config),
    maxTokens: await maxTokens(path),
    modules: await readModules(path),
    truncateDimensions: config.truncate_dim ?? undefined,
  };
}

function findModel(path: string, variant?: string): string {
  const names = variant ? [`model_${variant}.onnx`] : ["model.onnx", "model_quantized.onnx", "model_q4.onnx"];
  const places = names.flatMap((name) => [join(path, "onnx", name), join(path, name)]);
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new ModelError(`${path}: has no ONNX model: looked for ${names.join(", ")} there and in onnx/.`);
}

/** The prompt of the configuration's default name; none without one. */
function defaultPrompt(path: string, config: SentenceTransformersConfig): string {
  const name = config.default_prompt_name;
  if (name === undefined || name === null) return "";
  const prompt = config.prompts?.[name];
  if (typeof prompt === "string") return prompt;
  throw new ModelError(
    `${path}: config_sentence_transformers.json names the default prompt "${name}" but has no such prompt.`,
  );
}

async function maxTokens(path: string): Promise<number> {
  const sentenceBert = (await readJson(join(path, "sentence_bert_config.json"))) ?? {};
  if (typeof sentenceBert.max_seq_length === "number") return sentenceBert.max_seq_length;
  const tokenizer = (await readJson(join(path, "tokenizer_config.json"))) ?? {};
  const length = tokenizer.model_max_length;
  // Tokenizers without a limit carry a number like 1e30.
  return typeof length === "number" && length < 1e6 ? length : DEFAULT_MAX_TOKENS;
}

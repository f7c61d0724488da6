import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../errors.js";

/** What a folder in sentence-transformers' layout says of its encoder. */
export interface EncoderFolder {
  path: string;
  tokenizerPath: string;
  modelPath: string;
  /** Text put before every sentence. */
  prompt: string;
  /** Longest input in tokens, special ones included. */
  maxTokens: number;
}

const DEFAULT_MAX_TOKENS = 512;

/**
 * Reads the configuration of an encoder: token vectors averaged, then L2-normalised.
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
  await checkModules(path);
  return {
    path,
    tokenizerPath,
    modelPath,
    prompt: await defaultPrompt(path),
    maxTokens: await maxTokens(path),
  };
}

function findModel(path: string, variant?: string): string {
  const names = variant ? [`model_${variant}.onnx`] : ["model.onnx", "model_quantized.onnx", "model_q4.onnx"];
  const places = names.flatMap((name) => [join(path, "onnx", name), join(path, name)]);
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new ModelError(`${path}: has no ONNX model: looked for ${names.join(", ")} there and in onnx/.`);
}

async function checkModules(path: string): Promise<void> {
  const modules = (await readJson(join(path, "modules.json"))) as
    | { type?: string; path?: string }[]
    | undefined;
  if (modules === undefined) return;
  const kinds = modules.map((module) => module.type?.split(".").at(-1) ?? "?");
  for (const kind of kinds) {
    if (!["Transformer", "Pooling", "Normalize"].includes(kind))
      throw new ModelError(`${path}: modules.json asks for a ${kind} module, which is not supported.`);
  }
  if (!kinds.includes("Normalize"))
    throw new ModelError(
      `${path}: modules.json has no Normalize module; only normalised encoders are supported.`,
    );
  const pooling = modules[kinds.indexOf("Pooling")];
  if (pooling) await checkPooling(join(path, pooling.path ?? "", "config.json"));
}

async function checkPooling(configPath: string): Promise<void> {
  const config = (await readJson(configPath)) ?? {};
  const modes = Object.keys(config)
    .filter((key) => key.startsWith("pooling_mode_") && config[key] === true)
    .map((key) => key.slice("pooling_mode_".length).replace(/_tokens?$/, ""));
  if (config.pooling_mode !== undefined) modes.push(String(config.pooling_mode));
  if (modes.some((mode) => mode !== "mean"))
    throw new ModelError(`${configPath}: asks for ${modes.join(" + ")} pooling; only mean is supported.`);
}

async function defaultPrompt(path: string): Promise<string> {
  const config = (await readJson(join(path, "config_sentence_transformers.json"))) ?? {};
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

// biome-ignore lint/suspicious/noExplicitAny: the fields are checked where they are used
async function readJson(path: string): Promise<any> {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ModelError(`${path}: not JSON: ${(cause as Error).message}`, { cause });
  }
}

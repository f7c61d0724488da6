import { join } from "node:path";
import { openTensors } from "../../store/arrays/safetensors.js";
import { isThere } from "../../store/files/unreadable.js";
import type { Modules } from "./modules.js";
import { readCount } from "./read-json.js";

/** How Model2Vec (Tulkens & van Dongen 2024) uses a folder that is its own. */
export interface Model2Vec {
  /** Texts of more tokens are cut; infinite where none is. */
  maxTokens: number;
  /** Whether its configuration asks for vectors of length 1. */
  normalises: boolean;
}

const DEFAULT_MAX_TOKENS = 512;

/** Names of its table in `model.safetensors`: its own, and ours at 4 bits a number. */
const TABLES = ["embeddings", "embeddings.q4"];

/**
 * How Model2Vec uses a folder, or nothing where it is not Model2Vec's. It is by its `config.json`; or by its table, where
 * there is no `modules.json` that would make it sentence-transformers'.
 *
 * @param config what `config.json` holds; nothing if it is absent
 * @throws ModelError if a setting is not what it must be
 */
export async function readModel2Vec(
  path: string,
  config: Record<string, unknown>,
  { input, listed }: Pick<Modules, "input" | "listed">,
): Promise<Model2Vec | undefined> {
  const named = config.model_type === "model2vec";
  // Model2Vec names no model where it saves without a configuration.
  const hasFields = "embedding_dtype" in config || "normalize" in config;
  const isStatic = input.kind === "static" || !listed;
  if (!named && !(isStatic && (hasFields || (!listed && (await hasTable(path)))))) return undefined;
  const file = join(path, "config.json");
  const { max_length: maxTokens = DEFAULT_MAX_TOKENS } = config;
  return {
    maxTokens: readCount(file, "max_length", maxTokens) ?? Number.POSITIVE_INFINITY,
    normalises: config.normalize === true,
  };
}

async function hasTable(path: string): Promise<boolean> {
  const weights = join(path, "model.safetensors");
  if (!isThere(weights)) return false;
  // What is broken is reported where it is needed.
  await using file = await openTensors(weights).catch(() => undefined);
  return TABLES.some((table) => file?.names.includes(table));
}

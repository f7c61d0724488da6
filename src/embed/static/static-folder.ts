import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { type FloatTensor, openTensors } from "../../store/safetensors.js";
import { readJson } from "../folder/read-json.js";

/** A static folder's numbers. */
export interface StaticTable {
  /** pieces × dimensions, or fewer rows where `mapping` tells which one a piece has. */
  rows: FloatTensor;
  /** What a piece counts. */
  weights?: Float32Array;
  /** The row of each piece. */
  mapping?: Float32Array;
  /** Where Model2Vec wrote the folder: what its configuration says beside. */
  model2vec?: { normalise: boolean; maxTokens: number | null };
}

const MODEL2VEC_MAX_TOKENS = 512;

/** Tensors by the names that Model2Vec and sentence-transformers give a table. */
const MODEL2VEC_TABLE = "embeddings";
const SENTENCE_TRANSFORMERS_TABLE = "embedding.weight";

/**
 * Reads `model.safetensors` of a static encoder as Model2Vec (Tulkens & van Dongen 2024) or sentence-transformers'
 * StaticEmbedding writes it.
 *
 * @throws ModelError if it is missing, cut short, or holds no table
 */
export async function readStaticTable(path: string): Promise<StaticTable> {
  const file = await openTensors(join(path, "model.safetensors"));
  try {
    const optional = async (name: string) =>
      file.names.includes(name) ? (await file.read(name)).data : undefined;
    if (!file.names.includes(MODEL2VEC_TABLE)) return { rows: await file.read(SENTENCE_TRANSFORMERS_TABLE) };
    const config = (await readJson(join(path, "config.json"))) ?? {};
    return {
      rows: await file.read(MODEL2VEC_TABLE),
      weights: await optional("weights"),
      mapping: await optional("mapping"),
      model2vec: {
        normalise: config.normalize === true,
        maxTokens: config.max_length === undefined ? MODEL2VEC_MAX_TOKENS : config.max_length,
      },
    };
  } finally {
    await file.close();
  }
}

/** @throws ModelError unless the table has a row for every piece of the tokenizer */
export function checkTable(path: string, { rows, weights, mapping }: StaticTable, pieces: number): void {
  const found = mapping?.length ?? rows.shape[0];
  if (rows.shape.length !== 2 || found !== pieces || (weights && weights.length !== pieces))
    throw new ModelError(
      `${join(path, "model.safetensors")}: has rows for ${found} pieces, but tokenizer.json has ${pieces}. The folder's table and tokenizer do not belong together.`,
    );
  if (mapping?.some((row) => !(row >= 0 && row < rows.shape[0])))
    throw new ModelError(
      `${join(path, "model.safetensors")}: maps a piece to a row beyond its ${rows.shape[0]} rows.`,
    );
}

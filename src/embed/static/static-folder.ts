import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { openTensors, type TensorFile } from "../../store/safetensors.js";
import { readJson } from "../folder/read-json.js";
import type { Table } from "../table.js";
import { FloatTable } from "./float-table.js";
import { PackedTable } from "./packed-table.js";

/** A static folder's numbers, a row a piece. */
export interface StaticTable {
  table: Table;
  /** What a piece counts. */
  weights?: Float32Array;
  /** Where it is Model2Vec's: what its configuration says beside. */
  model2vec?: { normalise: boolean; maxTokens: number | null };
}

/** Names of the tensors that hold a table. */
export const TENSORS = {
  model2vec: "embeddings",
  sentenceTransformers: "embedding.weight",
  /** Two numbers a byte, and the scales of their blocks. */
  packed: "embeddings.q4",
  scales: "embeddings.scales",
} as const;

const MODEL2VEC_MAX_TOKENS = 512;

/**
 * Reads `model.safetensors` of a static encoder as Model2Vec (Tulkens & van Dongen 2024) or sentence-transformers'
 * StaticEmbedding writes it, or as Model2Vec does but packed to 4 bits.
 *
 * @param pieces how many the tokenizer has
 * @throws ModelError if it is missing, cut short, holds no table, or not one of that tokenizer
 */
export async function readStaticTable(path: string, pieces: number): Promise<StaticTable> {
  const name = join(path, "model.safetensors");
  const file = await openTensors(name);
  try {
    const optional = async (tensor: string) =>
      file.names.includes(tensor) ? (await file.read(tensor)).data : undefined;
    const [weights, mapping] = [await optional("weights"), await optional("mapping")];
    const { table, rows, sentenceTransformers } = await readTable(file, mapping);
    checkRows(name, rows, pieces, weights, mapping);
    if (sentenceTransformers) return { table };
    const config = (await readJson(join(path, "config.json"))) ?? {};
    const maxTokens = config.max_length === undefined ? MODEL2VEC_MAX_TOKENS : config.max_length;
    return { table, weights, model2vec: { normalise: config.normalize === true, maxTokens } };
  } finally {
    await file.close();
  }
}

async function readTable(file: TensorFile, mapping?: Float32Array) {
  if (file.names.includes(TENSORS.packed)) {
    const { shape, data } = await file.readBytes(TENSORS.packed);
    const scales = await file.read(TENSORS.scales);
    return { table: new PackedTable(data, scales.data, 2 * shape[1]), rows: shape[0] };
  }
  const sentenceTransformers = !file.names.includes(TENSORS.model2vec);
  const { shape, data } = await file.read(
    sentenceTransformers ? TENSORS.sentenceTransformers : TENSORS.model2vec,
  );
  return { table: new FloatTable(data, shape[1], mapping), rows: shape[0], sentenceTransformers };
}

function checkRows(
  name: string,
  rows: number,
  pieces: number,
  weights?: Float32Array,
  mapping?: Float32Array,
): void {
  const found = mapping?.length ?? rows;
  if (found !== pieces || (weights && weights.length !== pieces))
    throw new ModelError(
      `${name}: has rows for ${found} pieces, but tokenizer.json has ${pieces}. The folder's table and tokenizer do not belong together.`,
    );
  if (mapping?.some((row) => !(row >= 0 && row < rows)))
    throw new ModelError(`${name}: maps a piece to a row beyond its ${rows} rows.`);
}

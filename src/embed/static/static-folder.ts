import { join } from "node:path";
import { ModelError } from "../../errors.js";
import { openTensors, type TensorFile } from "../../store/arrays/safetensors.js";
import type { Table } from "../table.js";
import { FloatTable } from "./float-table.js";
import { PackedTable } from "./packed-table.js";

/** A static folder's numbers, a row a piece. */
export interface StaticTable {
  table: Table;
  /** What a piece counts. */
  weights?: Float32Array;
}

/** What a table's rows stand for. */
export interface ExpectedRows {
  /** How many pieces the tokenizer has. */
  pieces: number;
  /** Refuse a table with more rows, as Model2Vec does. */
  exact: boolean;
}

/** Names of the tensors that hold a table. */
export const TENSORS = {
  model2vec: "embeddings",
  sentenceTransformers: "embedding.weight",
  /** Two numbers a byte, and the scales of their blocks. */
  packed: "embeddings.q4",
  scales: "embeddings.scales",
} as const;

/**
 * Reads `model.safetensors` of a static encoder as Model2Vec (Tulkens & van Dongen 2024) or sentence-transformers'
 * StaticEmbedding writes it, or as Model2Vec does but packed to 4 bits.
 *
 * @throws ModelError if it is missing, cut short, holds no table, or not one of that tokenizer
 */
export async function readStaticTable(path: string, expected: ExpectedRows): Promise<StaticTable> {
  const name = join(path, "model.safetensors");
  await using file = await openTensors(name);
  const optional = async (tensor: string) =>
    file.names.includes(tensor) ? (await file.read(tensor)).data : undefined;
  const [weights, mapping] = [await optional("weights"), await optional("mapping")];
  const { table, rows } = await readTable(file, mapping);
  checkMapping(name, rows, mapping);
  checkRows(name, mapping?.length ?? rows, expected, weights);
  return { table, weights };
}

async function readTable(file: TensorFile, mapping?: Float32Array) {
  if (file.names.includes(TENSORS.packed)) {
    const { shape, data } = await file.readBytes(TENSORS.packed, "U8");
    const scales = await file.readBytes(TENSORS.scales, "F16");
    return {
      table: new PackedTable(data, new Uint16Array(scales.data.buffer), 2 * shape[1]),
      rows: shape[0],
    };
  }
  const isModel2Vec = file.names.includes(TENSORS.model2vec);
  const { shape, data } = await file.read(isModel2Vec ? TENSORS.model2vec : TENSORS.sentenceTransformers);
  return { table: new FloatTable(data, shape[1], mapping), rows: shape[0] };
}

function checkMapping(name: string, rows: number, mapping?: Float32Array): void {
  if (mapping?.some((row) => !(row >= 0 && row < rows)))
    throw new ModelError(`${name}: maps a piece to a row beyond its ${rows} rows.`);
}

function checkRows(
  name: string,
  found: number,
  { pieces, exact }: ExpectedRows,
  weights?: Float32Array,
): void {
  const fits = exact ? found === pieces : found >= pieces;
  if (fits && (!weights || weights.length === found)) return;
  throw new ModelError(
    `${name}: has rows for ${found} pieces, but tokenizer.json has ${pieces}: table and tokenizer do not belong together.`,
  );
}

import { normaliseRows } from "../embed/normalise.js";
import { mapTokenBatches, type TokenBatch } from "../embed/transformer/token-batches.js";
import { floatsOf, runOnTokens, type TokenSession } from "../embed/transformer/token-session.js";
import { ModelError } from "../errors.js";
import type { Tensor, Tensors } from "../runtime/session.js";
import { type LexicalWeights, lexicalWeights } from "./lexical.js";

/** What the three heads make of a text. */
export interface TextHeads {
  /** Of unit length. */
  dense: Float32Array;
  lexical: LexicalWeights;
  /** (tokens − 1) × dimensions, of unit length: of all tokens but the first, which stands for the whole text. */
  vectors: Float32Array;
  dimensions: number;
}

/** The names of the three outputs. */
export type HeadOutputs = Record<"dense" | "sparse" | "colbert", string>;

/** What exporters call the outputs. */
const NAMES: Record<keyof HeadOutputs, readonly string[]> = {
  dense: ["dense_vecs", "dense_embeddings", "dense"],
  sparse: ["sparse_vecs", "sparse_weights", "sparse"],
  colbert: ["colbert_vecs", "colbert_vectors", "colbert"],
};

/**
 * The outputs of the three heads among a model's; nothing where it has none of them.
 *
 * @throws ModelError if some are there and others are not
 */
export function findHeads(modelPath: string, names: readonly string[]): HeadOutputs | undefined {
  const found = Object.entries(NAMES).map(([head, known]) => [
    head,
    known.find((name) => names.includes(name)),
  ]);
  const missing = found.filter(([, name]) => name === undefined).map(([head]) => head as keyof HeadOutputs);
  if (missing.length === 3) return undefined;
  if (missing.length === 0) return Object.fromEntries(found);
  throw new ModelError(
    `${modelPath}: lacks ${missing.map((head) => NAMES[head][0]).join(" and ")}; BGE-M3 re-scores with dense_vecs, sparse_vecs and colbert_vecs, and the model gives ${names.join(", ")}.`,
    { advice: "Export it with pipelines/export-onnx.py." },
  );
}

/** Runs texts through the model, by batch and length. */
export async function* encodeWithHeads(
  model: TokenSession,
  outputs: HeadOutputs,
  ids: readonly (readonly number[])[],
  { special, signal }: { special: ReadonlySet<number>; signal?: AbortSignal },
): AsyncGenerator<[text: number, heads: TextHeads]> {
  const lengths = ids.map(({ length }) => length);
  const encodeBatch = async ({ rows, paddedLength }: TokenBatch): Promise<[number, TextHeads][]> => {
    const batch = rows.map((row) => ({ ids: ids[row] }));
    const given = readHeads(await runOnTokens(model, batch, paddedLength), outputs, {
      path: model.path,
      texts: rows.length,
      paddedLength,
    });
    const { dimensions } = given;
    return rows.map((row, i) => {
      const first = i * given.rows + (given.rows === paddedLength ? 1 : 0);
      const end = first + lengths[row] - 1;
      const heads = {
        dense: normaliseRows(part(given.dense, i, given.width), given.width),
        lexical: lexicalWeights(ids[row], part(given.sparse, i, paddedLength), special),
        vectors: normaliseRows(given.colbert.slice(first * dimensions, end * dimensions), dimensions),
        dimensions,
      };
      return [row, heads];
    });
  };
  for await (const found of mapTokenBatches(lengths, encodeBatch, signal)) yield* found;
}

const part = (values: Float32Array, i: number, size: number) => values.slice(i * size, (i + 1) * size);

interface Given {
  /** texts × width. */
  dense: Float32Array;
  width: number;
  /** texts × paddedLength. */
  sparse: Float32Array;
  /** texts × rows × dimensions; the first token has no row where there is one less than tokens. */
  colbert: Float32Array;
  rows: number;
  dimensions: number;
}

function readHeads(
  tensors: Tensors,
  outputs: HeadOutputs,
  { path, texts, paddedLength }: { path: string; texts: number; paddedLength: number },
): Given {
  const read = (head: keyof HeadOutputs, expected: string, fits: (dims: readonly number[]) => boolean) => {
    const tensor = tensors[outputs[head]] as Tensor;
    const found = floatsOf(tensor);
    if (found && fits(found.dims)) return found;
    throw new ModelError(
      `${path}: output ${outputs[head]} is ${tensor.type} of ${tensor.dims.join(" × ")} for ${texts} × ${paddedLength} tokens; expected ${expected}.`,
      { advice: "Export it with pipelines/export-onnx.py." },
    );
  };
  const dense = read("dense", "a vector for each text", (dims) => dims.length === 2);
  const sparse = read(
    "sparse",
    "a weight for each token",
    ([, tokens, one = 1, ...more]) => tokens === paddedLength && one === 1 && more.length === 0,
  );
  const colbert = read(
    "colbert",
    "a vector for each token, or for each but the first",
    ({ length, 1: rows }) => length === 3 && (rows === paddedLength || rows === paddedLength - 1),
  );
  return {
    dense: dense.data,
    width: dense.dims[1],
    sparse: sparse.data,
    colbert: colbert.data,
    rows: colbert.dims[1],
    dimensions: colbert.dims[2],
  };
}

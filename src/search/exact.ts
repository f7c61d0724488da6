import { ELEMENT, encodeGraph, type Graph } from "../runtime/graph.js";
import { openSession, type Session, Tensor, type Tensors } from "../runtime/session.js";
import type { Vectors } from "../types.js";
import type { BothWays, SearchBothWays, SearchOptions } from "./both-ways.js";
import { Nearest } from "./nearest.js";

/** A block of 1,024 × 4,096 products (16 MiB) is read twice by TopK: larger ones fall out of the cache. */
export const SOURCE_BLOCK = 1024;
const TARGET_BLOCK = 4096;

/**
 * Compares every source with every target, once: each block of products serves both directions.
 *
 * Memory beside the vectors: about 40 MiB, and 8 · k bytes a row.
 */
export const searchExact: SearchBothWays = async (source, target, options): Promise<BothWays> => {
  const session = await openSession(encodeGraph(blockGraph(source.dimensions)), options.threads);
  try {
    return await searchBlocks(session, source, target, options);
  } finally {
    await session.close();
  }
};

async function searchBlocks(
  session: Session,
  source: Vectors,
  target: Vectors,
  { k, signal, onProgress }: SearchOptions,
): Promise<BothWays> {
  const forward = new Nearest(source.rows, Math.min(k, target.rows));
  const backward = new Nearest(target.rows, Math.min(k, source.rows));
  let compared = 0;
  for (const s of blocks(source, SOURCE_BLOCK)) {
    for (const t of blocks(target, TARGET_BLOCK)) {
      signal?.throwIfAborted();
      const forwardK = Math.min(forward.k, t.rows);
      const backwardK = Math.min(backward.k, s.rows);
      const found = await session.run({
        source: s.tensor,
        target: t.tensor,
        forwardK: new Tensor("int64", [BigInt(forwardK)], [1]),
        backwardK: new Tensor("int64", [BigInt(backwardK)], [1]),
      });
      forward.merge(s.first, floats(found.forward), ints(found.forwardIndex), forwardK, t.first);
      backward.merge(t.first, floats(found.backward), ints(found.backwardIndex), backwardK, s.first);
      compared += s.rows * t.rows;
      onProgress?.(compared);
    }
  }
  return { forward, backward };
}

function* blocks({ data, rows, dimensions }: Vectors, size: number) {
  for (let first = 0; first < rows; first += size) {
    const end = Math.min(first + size, rows);
    const values = data.subarray(first * dimensions, end * dimensions);
    yield { first, rows: end - first, tensor: new Tensor("float32", values, [end - first, dimensions]) };
  }
}

/** products = source · targetᵀ, and the largest of its rows and of its columns; equal products by lower index. */
function blockGraph(dimensions: number): Graph {
  return {
    inputs: [
      { name: "source", type: "float32", shape: ["sources", dimensions] },
      { name: "target", type: "float32", shape: ["targets", dimensions] },
      { name: "forwardK", type: "int64", shape: [1] },
      { name: "backwardK", type: "int64", shape: [1] },
    ],
    nodes: [
      { operator: "Transpose", inputs: ["target"], outputs: ["targetColumns"] },
      { operator: "MatMul", inputs: ["source", "targetColumns"], outputs: ["products"] },
      { operator: "Transpose", inputs: ["products"], outputs: ["productColumns"] },
      ...largest("products", "forward"),
      ...largest("productColumns", "backward"),
    ],
    outputs: [
      { name: "forward", type: "float32", shape: ["sources", "k"] },
      { name: "forwardIndex", type: "int32", shape: ["sources", "k"] },
      { name: "backward", type: "float32", shape: ["targets", "k"] },
      { name: "backwardIndex", type: "int32", shape: ["targets", "k"] },
    ],
  };
}

function largest(matrix: string, name: string) {
  return [
    { operator: "TopK", inputs: [matrix, `${name}K`], outputs: [name, `${name}Index64`] },
    {
      operator: "Cast",
      inputs: [`${name}Index64`],
      outputs: [`${name}Index`],
      attributes: { to: ELEMENT.int32 },
    },
  ];
}

const floats = (value: Tensors[string]) => (value as Tensor).data as Float32Array;
const ints = (value: Tensors[string]) => (value as Tensor).data as Int32Array;

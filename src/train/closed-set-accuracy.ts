import { encodeGraph, type Graph } from "../runtime/graph.js";
import { openSession, type Tensor, type Tensors } from "../runtime/session.js";
import { matrixTensor } from "./tensors.js";
import { matrixSpec, node, normalise, UNIT_CONSTANTS } from "./unit-vectors.js";

export interface ClosedSetAccuracy extends AsyncDisposable {
  /**
   * The share of texts whose nearest text of the other side, by cosine, is their translation: the mean of both
   * directions. An equal text in the translation's place counts; of equal cosines the first is the nearest.
   *
   * @param source raw sums, row-major: pairs × dimensions, at least one
   * @param target row i translates row i
   * @param sourceIds one number a source; equal numbers stand for equal texts
   */
  accuracy(
    source: Float32Array,
    target: Float32Array,
    sourceIds: Int32Array,
    targetIds: Int32Array,
  ): Promise<number>;
}

export async function openClosedSetAccuracy(
  dimensions: number,
  threads?: number,
): Promise<ClosedSetAccuracy> {
  const session = await openSession(encodeGraph(nearestGraph(dimensions)), threads);
  return {
    async accuracy(source, target, sourceIds, targetIds) {
      const found = await session.run({
        source: matrixTensor(source, dimensions),
        target: matrixTensor(target, dimensions),
      });
      const forward = hits(found.nearestTarget, targetIds);
      const backward = hits(found.nearestSource, sourceIds);
      return (forward + backward) / (2 * targetIds.length);
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}

function hits(nearest: Tensors[string], ids: Int32Array): number {
  const indices = (nearest as Tensor).data as BigInt64Array;
  return ids.reduce((count, id, i) => count + (ids[Number(indices[i])] === id ? 1 : 0), 0);
}

function nearestGraph(dimensions: number): Graph {
  const nearest = (axis: number, output: string) =>
    node("ArgMax", ["cosines"], output, { attributes: { axis, keepdims: 0 } });
  return {
    inputs: [matrixSpec("source", "pairs", dimensions), matrixSpec("target", "pairs", dimensions)],
    constants: UNIT_CONSTANTS,
    nodes: [
      ...normalise("source"),
      ...normalise("target"),
      node("Gemm", ["sourceUnit", "targetUnit"], "cosines", { attributes: { transB: 1 } }),
      nearest(1, "nearestTarget"),
      nearest(0, "nearestSource"),
    ],
    outputs: [
      { name: "nearestTarget", type: "int64", shape: ["pairs"] },
      { name: "nearestSource", type: "int64", shape: ["pairs"] },
    ],
  };
}

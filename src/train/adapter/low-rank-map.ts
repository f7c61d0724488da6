import { encodeGraph, type Graph } from "../../runtime/graph.js";
import { openSession } from "../../runtime/session.js";
import { type AdamState, startAdam, stepAdam } from "../adam.js";
import { PURPOSE } from "../purposes.js";
import { normalNumbers } from "../random.js";
import { floats, identityMatrix, matrixTensor } from "../tensors.js";
import { matrixSpec, node } from "../unit-vectors.js";

/** `down`, dimensions × rank, and `up`, rank × dimensions, or the loss's derivatives by them. */
export interface LowRankFactors {
  down: Float32Array;
  up: Float32Array;
}

/**
 * A linear map that differs from the identity by a matrix of low rank: x + (x · down) · up, row vectors, `down` of
 * dimensions × rank and `up` of rank × dimensions (Hu et al. 2021, LoRA). It starts as the identity: `up` is 0.
 */
export interface LowRankMap extends AsyncDisposable {
  /** `down` and `up`, as they are. */
  readonly parameters: LowRankFactors;
  /** @param vectors row-major, any number of rows */
  forward(vectors: Float32Array): Promise<Float32Array>;
  /**
   * @param vectors what went into `forward`
   * @param mapped the loss's derivative by what came out
   */
  backward(vectors: Float32Array, mapped: Float32Array): Promise<LowRankFactors>;
  /**
   * A step of Adam.
   *
   * @param step the number of this step, from 1
   */
  step(gradient: LowRankFactors, rate: number, step: number): void;
  /** The whole matrix, dimensions × dimensions, of which row i is what the i-th unit vector becomes. */
  matrix(): Promise<Float32Array>;
}

export async function openLowRankMap(
  dimensions: number,
  rank: number,
  { seed, threads }: { seed: number; threads?: number },
): Promise<LowRankMap> {
  const next = normalNumbers(seed, PURPOSE.adapter);
  const values = Float32Array.from({ length: dimensions * rank }, () => next() / Math.sqrt(dimensions));
  const down = startAdam(values);
  const up = startAdam(new Float32Array(rank * dimensions));
  const forward = await openSession(encodeGraph(forwardGraph(dimensions, rank)), threads);
  const backward = await openSession(encodeGraph(backwardGraph(dimensions, rank)), threads);
  const inputsOf = (vectors: Float32Array) => ({
    vectors: matrixTensor(vectors, dimensions),
    down: matrixTensor(down.values, rank),
    up: matrixTensor(up.values, dimensions),
  });
  const apply = async (vectors: Float32Array) => floats((await forward.run(inputsOf(vectors))).mapped);
  return {
    parameters: { down: down.values, up: up.values },
    forward: apply,
    async backward(vectors, mapped) {
      const inputs = { ...inputsOf(vectors), mapped: matrixTensor(mapped, dimensions) };
      const found = await backward.run(inputs);
      return { down: floats(found.downGradient), up: floats(found.upGradient) };
    },
    step(gradient, rate, step) {
      const both: [AdamState, Float32Array][] = [
        [down, gradient.down],
        [up, gradient.up],
      ];
      for (const [state, slope] of both) stepAdam(state, slope, rate, step);
    },
    matrix: () => apply(identityMatrix(dimensions)),
    async [Symbol.asyncDispose]() {
      await forward.close();
      await backward.close();
    },
  };
}

function parameters(dimensions: number, rank: number) {
  return [
    matrixSpec("vectors", "rows", dimensions),
    { name: "down", type: "float32", shape: [dimensions, rank] },
    { name: "up", type: "float32", shape: [rank, dimensions] },
  ] as const;
}

function forwardGraph(dimensions: number, rank: number): Graph {
  return {
    inputs: parameters(dimensions, rank),
    nodes: [node("MatMul", ["vectors", "down"], "low"), node("Gemm", ["low", "up", "vectors"], "mapped")],
    outputs: [matrixSpec("mapped", "rows", dimensions)],
  };
}

/** With L = X · D and Y = X + L · U: ∂U = Lᵀ · ∂Y, ∂D = Xᵀ · (∂Y · Uᵀ). */
function backwardGraph(dimensions: number, rank: number): Graph {
  const [transposeA, transposeB] = [{ attributes: { transA: 1 } }, { attributes: { transB: 1 } }];
  return {
    inputs: [...parameters(dimensions, rank), matrixSpec("mapped", "rows", dimensions)],
    nodes: [
      node("MatMul", ["vectors", "down"], "low"),
      node("Gemm", ["low", "mapped"], "upGradient", transposeA),
      node("Gemm", ["mapped", "up"], "lowGradient", transposeB),
      node("Gemm", ["vectors", "lowGradient"], "downGradient", transposeA),
    ],
    outputs: [
      { name: "downGradient", type: "float32", shape: [dimensions, rank] },
      { name: "upGradient", type: "float32", shape: [rank, dimensions] },
    ],
  };
}

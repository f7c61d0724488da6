import { encodeGraph, type Graph } from "../runtime/graph.js";
import { openSession } from "../runtime/session.js";
import { type AdamState, startAdam, stepAdam } from "./adam.js";
import { floats, identityMatrix, matrixTensor } from "./tensors.js";
import { matrixSpec, node } from "./unit-vectors.js";

const FOLD_ROWS = 4096;

/** One matrix that every sum goes through before it is normalised: sum · map, dimensions × dimensions. */
export interface LinearMap extends AsyncDisposable {
  /** The map and its optimiser's means; a copy of them, given to `openLinearMap`, goes on from here. */
  readonly state: AdamState;
  /** @param sums row-major, any number of rows */
  forward(sums: Float32Array): Promise<Float32Array>;
  /**
   * @param sums what went into `forward`
   * @param mapped the loss's derivative by what came out
   * @returns its derivatives by the map and by the sums
   */
  backward(sums: Float32Array, mapped: Float32Array): Promise<{ map: Float32Array; sums: Float32Array }>;
  /** @param step the number of this step, from 1 */
  step(gradient: Float32Array, rate: number, step: number): void;
  /** Puts every row of the table through the map, in place; sums of its rows then need the map no more. */
  fold(table: Float32Array): Promise<void>;
}

export async function openLinearMap(
  dimensions: number,
  { state = startAdam(identityMatrix(dimensions)), threads }: { state?: AdamState; threads?: number } = {},
): Promise<LinearMap> {
  const forward = await openSession(encodeGraph(forwardGraph(dimensions)), threads);
  const backward = await openSession(encodeGraph(backwardGraph(dimensions)), threads);
  const matrix = (values: Float32Array) => matrixTensor(values, dimensions);
  const apply = async (sums: Float32Array) =>
    floats((await forward.run({ sums: matrix(sums), map: matrix(state.values) })).mapped);
  return {
    state,
    forward: apply,
    async backward(sums, mapped) {
      const inputs = { sums: matrix(sums), map: matrix(state.values), mapped: matrix(mapped) };
      const found = await backward.run(inputs);
      return { map: floats(found.mapGradient), sums: floats(found.sumsGradient) };
    },
    step: (gradient, rate, step) => stepAdam(state, gradient, rate, step),
    async fold(table) {
      const block = FOLD_ROWS * dimensions;
      for (let start = 0; start < table.length; start += block) {
        table.set(await apply(table.subarray(start, start + block)), start);
      }
    },
    async [Symbol.asyncDispose]() {
      await forward.close();
      await backward.close();
    },
  };
}

function forwardGraph(dimensions: number): Graph {
  return {
    inputs: [matrixSpec("sums", "rows", dimensions), square("map", dimensions)],
    nodes: [node("MatMul", ["sums", "map"], "mapped")],
    outputs: [matrixSpec("mapped", "rows", dimensions)],
  };
}

/** With Y = X · M: ∂M = Xᵀ · ∂Y, ∂X = ∂Y · Mᵀ. */
function backwardGraph(dimensions: number): Graph {
  return {
    inputs: [
      matrixSpec("sums", "rows", dimensions),
      square("map", dimensions),
      matrixSpec("mapped", "rows", dimensions),
    ],
    nodes: [
      node("Gemm", ["sums", "mapped"], "mapGradient", { attributes: { transA: 1 } }),
      node("Gemm", ["mapped", "map"], "sumsGradient", { attributes: { transB: 1 } }),
    ],
    outputs: [square("mapGradient", dimensions), matrixSpec("sumsGradient", "rows", dimensions)],
  };
}

const square = (name: string, dimensions: number) =>
  ({ name, type: "float32", shape: [dimensions, dimensions] }) as const;

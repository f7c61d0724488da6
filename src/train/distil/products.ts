import { encodeGraph, type Graph, type Shape, type TensorSpec } from "../../runtime/graph.js";
import { openSession, Tensor } from "../../runtime/session.js";

/** A product of matrices of float64 numbers that runs again and again. */
export interface Product extends AsyncDisposable {
  run(...matrices: { data: Float64Array; dimensions: number }[]): Promise<Float64Array>;
}

const matrix = (name: string, shape: Shape): TensorSpec => ({ name, type: "float64", shape });

/** Of rows X the sums of squares and products, Xᵀ · X. */
export function openGram(): Promise<Product> {
  return open({
    inputs: [matrix("rows", ["rows", "dimensions"])],
    nodes: [{ operator: "Gemm", inputs: ["rows", "rows"], outputs: ["gram"], attributes: { transA: 1 } }],
    outputs: [matrix("gram", ["dimensions", "dimensions"])],
  });
}

/** Rows times a matrix, X · P. */
export function openProjection(): Promise<Product> {
  return open({
    inputs: [matrix("rows", ["rows", "dimensions"]), matrix("projection", ["dimensions", "columns"])],
    nodes: [{ operator: "MatMul", inputs: ["rows", "projection"], outputs: ["projected"] }],
    outputs: [matrix("projected", ["rows", "columns"])],
  });
}

async function open(graph: Graph): Promise<Product> {
  // How a sum is cut among several threads changes its last bit.
  const session = await openSession(encodeGraph(graph), 1);
  return {
    [Symbol.asyncDispose]: () => session.close(),
    run: async (...matrices) => {
      const tensors = matrices.map(({ data, dimensions }, i) => [
        session.inputNames[i],
        new Tensor("float64", data, [data.length / dimensions, dimensions]),
      ]);
      const outputs = await session.run(Object.fromEntries(tensors));
      return (outputs[session.outputNames[0]] as Tensor).data as Float64Array;
    },
  };
}

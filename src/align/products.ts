import { encodeGraph, type Graph } from "../runtime/graph.js";
import { openSession, type Session, Tensor } from "../runtime/session.js";

/** Multiplies every vector of some rows with every one of others. */
export class Products {
  private held = new Float32Array(0);

  private constructor(private readonly session: Session) {}

  /** One thread: several might sum a product in another order, and near ties would be broken otherwise. */
  static async open(): Promise<Products> {
    return new Products(await openSession(encodeGraph(GRAPH), 1));
  }

  /** left · rightᵀ, row-major. It is good until the next call. */
  async multiply(left: Float32Array, right: Float32Array, dimensions: number): Promise<Float32Array> {
    const [rows, columns] = [left.length / dimensions, right.length / dimensions];
    if (rows * columns === 0) return new Float32Array(0);
    if (this.held.length < rows * columns) this.held = new Float32Array(rows * columns);
    const products = this.held.subarray(0, rows * columns);
    await this.session.run(
      {
        left: new Tensor("float32", left, [rows, dimensions]),
        right: new Tensor("float32", right, [columns, dimensions]),
      },
      { products: new Tensor("float32", products, [rows, columns]) },
    );
    return products;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.session.close();
  }
}

const GRAPH: Graph = {
  inputs: [
    { name: "left", type: "float32", shape: ["rows", "dimensions"] },
    { name: "right", type: "float32", shape: ["columns", "dimensions"] },
  ],
  nodes: [{ operator: "Gemm", inputs: ["left", "right"], outputs: ["products"], attributes: { transB: 1 } }],
  outputs: [{ name: "products", type: "float32", shape: ["rows", "columns"] }],
};

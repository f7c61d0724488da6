import { encodeGraph, type Graph, MICROSOFT } from "../../runtime/graph.js";
import { openSession, type Session, Tensor } from "../../runtime/session.js";
import { CODINGS, IVF_TYPE } from "../coding.js";

const { left, right, scale } = CODINGS[IVF_TYPE];

/** `products` = left · right, of 8-bit codes. */
const GRAPH: Graph = {
  inputs: [
    { name: "left", type: left.type, shape: ["rows", "dimensions"] },
    { name: "right", type: right.type, shape: ["dimensions", "columns"] },
    { name: "scale", type: "float32", shape: [] },
    { name: "one", type: "float32", shape: [] },
    { name: "zero", type: left.type, shape: [] },
  ],
  nodes: [
    {
      operator: "MatMulIntegerToFloat",
      domain: MICROSOFT,
      inputs: ["left", "right", "scale", "one", "zero"],
      outputs: ["products"],
    },
  ],
  outputs: [{ name: "products", type: "float32", shape: ["rows", "columns"] }],
};

/** Multiplies rows with all centroids, on one thread. */
export class ListProducts {
  private readonly settings;

  private constructor(
    private readonly session: Session,
    private readonly dimensions: number,
  ) {
    this.settings = {
      scale: new Tensor("float32", [scale(dimensions)], []),
      one: new Tensor("float32", [1], []),
      zero: new Tensor("uint8", [left.zero], []),
    };
  }

  static async open(dimensions: number): Promise<ListProducts> {
    return new ListProducts(await openSession(encodeGraph(GRAPH), 1), dimensions);
  }

  /**
   * @param rows codes of the left side
   * @param centroids dimensions × columns
   * @param into rows × columns
   */
  async multiply(rows: Uint8Array, centroids: Int8Array, into: Float32Array): Promise<void> {
    const { settings, dimensions } = this;
    const [count, columns] = [rows.length / dimensions, centroids.length / dimensions];
    const products = new Tensor("float32", into.subarray(0, count * columns), [count, columns]);
    const factors = {
      left: new Tensor("uint8", rows, [count, dimensions]),
      right: new Tensor("int8", centroids, [dimensions, columns]),
    };
    await this.session.run({ ...settings, ...factors }, { products });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.session.close();
  }
}

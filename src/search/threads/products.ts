import { encodeGraph } from "../../runtime/graph.js";
import { openSession, type Session, Tensor } from "../../runtime/session.js";
import { CODINGS, type SearchType } from "../coding.js";
import { type Factor, ProductInputs, productGraph } from "../product-graph.js";

/**
 * Multiplies rows of codes, on one thread: several threads of one product wait for each other, while as many products at
 * once keep all of them busy.
 */
export class Products {
  private constructor(
    private readonly session: Session,
    private readonly inputs: ProductInputs,
  ) {}

  static async open(type: SearchType, dimensions: number): Promise<Products> {
    const coding = CODINGS[type];
    const products = { name: "products", type: "float32", shape: ["rows", "columns"] } as const;
    const graph = { ...productGraph(coding, dimensions), constants: [], outputs: [products] };
    return new Products(await openSession(encodeGraph(graph), 1), new ProductInputs(coding, dimensions));
  }

  /** Multiplies some rows of each side. @param into room for the products, both sides in whole groups */
  async multiply(left: Factor, right: Factor, into: Float32Array): Promise<void> {
    const shape = this.inputs.shapeOf(left, right);
    const products = new Tensor("float32", into.subarray(0, shape[0] * shape[1]), shape);
    await this.session.run(this.inputs.of(left, right), { products });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.session.close();
  }
}

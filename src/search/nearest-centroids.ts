import { ELEMENT, encodeGraph, type Graph, type TensorSpec } from "../runtime/graph.js";
import { openSession, type Session, Tensor } from "../runtime/session.js";
import { CODINGS, type Codes, type Coding, type SearchType } from "./coding.js";
import { productGraph, productInputs } from "./product-graph.js";
import { idsOf, ranges } from "./ranges.js";

/** Rows compared with all centroids at once. */
const BLOCK_ROWS = 1024;

/** The nearest centroids of rows, the nearest first, of equals the lower. */
export interface Nearby {
  /** rows × count */
  lists: Int32Array;
  cosines: Float32Array;
}

/** Finds the nearest of a few thousand centroids. Memory: 4 bytes a product of 1,024 rows with all of them. */
export class NearestCentroids {
  private constructor(
    private readonly session: Session,
    private readonly coding: Coding,
    private readonly dimensions: number,
  ) {}

  static async open(type: SearchType, dimensions: number, threads?: number): Promise<NearestCentroids> {
    const coding = CODINGS[type];
    const session = await openSession(encodeGraph(nearestGraph(coding, dimensions)), threads);
    return new NearestCentroids(session, coding, dimensions);
  }

  /**
   * @param rows codes of the left side
   * @param centroids codes of the right side
   * @param count how many centroids of each row
   */
  async find(rows: Codes, centroids: Codes, count: number): Promise<Nearby> {
    const all = rows.length / this.dimensions;
    const right = { codes: centroids, at: idsOf({ first: 0, end: centroids.length / this.dimensions }) };
    const found: Nearby = { lists: new Int32Array(all * count), cosines: new Float32Array(all * count) };
    for (const block of ranges(0, all, BLOCK_ROWS)) {
      const left = { codes: rows, at: idsOf(block) };
      const shape = [block.end - block.first, count];
      const [start, end] = [block.first * count, block.end * count];
      await this.session.run(
        {
          ...productInputs(this.coding, this.dimensions, left, right),
          rows: new Tensor("int64", [BigInt(left.at.length)], [1]),
          centroids: new Tensor("int64", [BigInt(right.at.length)], [1]),
          count: new Tensor("int64", [BigInt(count)], [1]),
        },
        {
          nearest: new Tensor("int32", found.lists.subarray(start, end), shape),
          cosines: new Tensor("float32", found.cosines.subarray(start, end), shape),
        },
      );
    }
    return found;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.session.close();
  }
}

/** The largest `count` of the first `centroids` products of each of the first `rows`; what is beyond fills groups. */
function nearestGraph(coding: Coding, dimensions: number): Graph {
  const { inputs, nodes } = productGraph(coding, dimensions);
  const number = (name: string): TensorSpec => ({ name, type: "int64", shape: [1] });
  return {
    inputs: [...inputs, number("rows"), number("centroids"), number("count")],
    constants: [
      { name: "0", int64: [0] },
      { name: "1", int64: [1] },
    ],
    nodes: [
      ...nodes,
      { operator: "Slice", inputs: ["products", "0", "rows", "0"], outputs: ["ofRows"] },
      { operator: "Slice", inputs: ["ofRows", "0", "centroids", "1"], outputs: ["ofBoth"] },
      { operator: "TopK", inputs: ["ofBoth", "count"], outputs: ["cosines", "nearest64"] },
      { operator: "Cast", inputs: ["nearest64"], outputs: ["nearest"], attributes: { to: ELEMENT.int32 } },
    ],
    outputs: [
      { name: "nearest", type: "int32", shape: ["sliced", "count"] },
      { name: "cosines", type: "float32", shape: ["sliced", "count"] },
    ],
  };
}

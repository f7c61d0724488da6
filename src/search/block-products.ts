import { encodeGraph, type Graph, type GraphNode } from "../runtime/graph.js";
import { openSession, type Session, Tensor } from "../runtime/session.js";
import { CODINGS, type Coding, type SearchType } from "./coding.js";
import { type Factor, GROUP, productGraph, productInputs, wholeGroups } from "./product-graph.js";

/** Every product of some rows with others, and the largest of each group, by which most of them can be passed over. */
export interface Block {
  rows: number;
  columns: number;
  /** rows × columns */
  products: Float32Array;
  /** rows × columns / GROUP: the largest of the columns of a group. */
  rowMaxima: Float32Array;
  /** rows / GROUP × columns: the largest of the rows of a group. */
  columnMaxima: Float32Array;
}

/** Multiplies blocks of codes. Memory: 4 bytes a product of the largest block, and an eighth more. */
export class BlockProducts {
  private readonly products: Float32Array;
  private readonly rowMaxima: Float32Array;
  private readonly columnMaxima: Float32Array;

  private constructor(
    private readonly session: Session,
    private readonly coding: Coding,
    private readonly dimensions: number,
    largest: number,
  ) {
    this.products = new Float32Array(largest);
    this.rowMaxima = new Float32Array(largest / GROUP);
    this.columnMaxima = new Float32Array(largest / GROUP);
  }

  /** @param largest the largest block */
  static async open(
    type: SearchType,
    dimensions: number,
    largest: { rows: number; columns: number },
    threads?: number,
  ): Promise<BlockProducts> {
    const coding = CODINGS[type];
    const session = await openSession(encodeGraph(blockGraph(coding, dimensions)), threads);
    const products = wholeGroups(largest.rows) * wholeGroups(largest.columns);
    return new BlockProducts(session, coding, dimensions, products);
  }

  /** Multiplies some rows of each side. The block is good until the next one. */
  async multiply(left: Factor, right: Factor): Promise<Block> {
    const [rows, columns] = [wholeGroups(left.at.length), wholeGroups(right.at.length)];
    const block: Block = {
      rows,
      columns,
      products: this.products.subarray(0, rows * columns),
      rowMaxima: this.rowMaxima.subarray(0, (rows * columns) / GROUP),
      columnMaxima: this.columnMaxima.subarray(0, (rows * columns) / GROUP),
    };
    await this.session.run(
      {
        ...productInputs(this.coding, this.dimensions, left, right),
        columnGroups: shape(rows, columns / GROUP, GROUP),
        rowGroups: shape(rows / GROUP, GROUP, columns),
      },
      {
        products: new Tensor("float32", block.products, [rows, columns]),
        rowMaxima: new Tensor("float32", block.rowMaxima, [rows, columns / GROUP]),
        columnMaxima: new Tensor("float32", block.columnMaxima, [rows / GROUP, columns]),
      },
    );
    return block;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.session.close();
  }
}

const shape = (...sizes: number[]) => new Tensor("int64", BigInt64Array.from(sizes, BigInt), [sizes.length]);

/**
 * Reading every product in JavaScript costs more than computing it, and so does TopK in the graph. The group maxima
 * cost an eighth of the product, in both directions, and show which few groups are worth reading.
 */
function blockGraph(coding: Coding, dimensions: number): Graph {
  const { inputs, nodes } = productGraph(coding, dimensions);
  return {
    inputs: [
      ...inputs,
      { name: "columnGroups", type: "int64", shape: [3] },
      { name: "rowGroups", type: "int64", shape: [3] },
    ],
    constants: [
      { name: "last", int64: [2] },
      { name: "middle", int64: [1] },
    ],
    nodes: [
      ...nodes,
      { operator: "Reshape", inputs: ["products", "columnGroups"], outputs: ["byColumns"] },
      largest("byColumns", "last", "rowMaxima"),
      { operator: "Reshape", inputs: ["products", "rowGroups"], outputs: ["byRows"] },
      largest("byRows", "middle", "columnMaxima"),
    ],
    outputs: [
      { name: "products", type: "float32", shape: ["rows", "columns"] },
      { name: "rowMaxima", type: "float32", shape: ["rows", "columnGroups"] },
      { name: "columnMaxima", type: "float32", shape: ["rowGroups", "columns"] },
    ],
  };
}

function largest(matrix: string, axis: string, output: string): GraphNode {
  return { operator: "ReduceMax", inputs: [matrix, axis], outputs: [output], attributes: { keepdims: 0 } };
}

import { type ElementType, type GraphNode, MICROSOFT, type TensorSpec } from "../runtime/graph.js";
import { Tensor } from "../runtime/session.js";
import type { Codes, Coding } from "./coding.js";

/** Products stand in groups of this many; columns of a block are a multiple of it, and rows of float32. */
export const GROUP = 16;

export const wholeGroups = (count: number) => Math.ceil(count / GROUP) * GROUP;

/** Rows of one side that are multiplied: which, of which codes. */
export interface Factor {
  codes: Codes;
  /** Rows of `codes`; the first one fills the last group. */
  at: Uint32Array;
}

/** `products` = left · rightᵀ, of rows that are gathered from codes: its inputs, and the operations. */
export function productGraph(
  { left, right }: Coding,
  dimensions: number,
): { inputs: TensorSpec[]; nodes: GraphNode[] } {
  const inputs: TensorSpec[] = [
    { name: "leftCodes", type: left.type, shape: ["lefts", dimensions] },
    { name: "leftRows", type: "int32", shape: ["rows"] },
    { name: "rightCodes", type: right.type, shape: ["rights", dimensions] },
    { name: "rightRows", type: "int32", shape: ["columns"] },
  ];
  const gather: GraphNode[] = [
    { operator: "Gather", inputs: ["leftCodes", "leftRows"], outputs: ["left"] },
    { operator: "Gather", inputs: ["rightCodes", "rightRows"], outputs: ["right"] },
  ];
  if (left.type === "float32") {
    const multiply = { operator: "Gemm", inputs: ["left", "right"], attributes: { transB: 1 } };
    return { inputs, nodes: [...gather, { ...multiply, outputs: ["products"] }] };
  }
  return {
    inputs: [
      ...inputs,
      { name: "scale", type: "float32", shape: [] },
      { name: "one", type: "float32", shape: [] },
      { name: "zero", type: left.type, shape: [] },
    ],
    nodes: [
      ...gather,
      { operator: "Transpose", inputs: ["right"], outputs: ["rightColumns"] },
      {
        operator: "MatMulIntegerToFloat",
        domain: MICROSOFT,
        inputs: ["left", "rightColumns", "scale", "one", "zero"],
        outputs: ["products"],
      },
    ],
  };
}

/** What is fed to products; codes are not copied. */
export class ProductInputs {
  private readonly settings: Record<string, Tensor>;
  private readonly codes = new WeakMap<Codes, Tensor>();
  private readonly rows = { left: new Int32Array(), right: new Int32Array() };

  constructor(
    private readonly coding: Coding,
    private readonly dimensions: number,
  ) {
    const { left, scale } = coding;
    const ofWholeNumbers = {
      scale: new Tensor("float32", [scale(dimensions)], []),
      one: new Tensor("float32", [1], []),
      zero: new Tensor("uint8", [left.zero], []),
    };
    this.settings = left.type === "float32" ? {} : ofWholeNumbers;
  }

  of(left: Factor, right: Factor): Record<string, Tensor> {
    const { coding, settings } = this;
    const [rows, columns] = this.shapeOf(left, right);
    return {
      ...settings,
      leftCodes: this.codesOf(left, coding.left.type),
      leftRows: rowsOf(left, this.room("left", rows)),
      rightCodes: this.codesOf(right, coding.right.type),
      rightRows: rowsOf(right, this.room("right", columns)),
    };
  }

  /** Rows and columns of a product. Sums of whole numbers are the same in any block, so its rows are not filled up. */
  shapeOf(left: Factor, right: Factor): [rows: number, columns: number] {
    const isWhole = this.coding.left.type !== "float32";
    return [isWhole ? left.at.length : wholeGroups(left.at.length), wholeGroups(right.at.length)];
  }

  /** Where the numbers of rows are put, the same memory each time. */
  private room(side: keyof typeof this.rows, count: number): Int32Array {
    if (this.rows[side].length < count) this.rows[side] = new Int32Array(count);
    return this.rows[side].subarray(0, count);
  }

  /** The same tensor each time. */
  private codesOf({ codes }: Factor, type: ElementType): Tensor {
    let tensor = this.codes.get(codes);
    if (!tensor) {
      const shape = [codes.length / this.dimensions, this.dimensions];
      tensor = new Tensor(type as "int8", codes as Int8Array, shape);
      this.codes.set(codes, tensor);
    }
    return tensor;
  }
}

function rowsOf({ at }: Factor, rows: Int32Array): Tensor {
  rows.set(at);
  rows.fill(at[0], at.length);
  return new Tensor("int32", rows, [rows.length]);
}

import { type ElementType, type GraphNode, MICROSOFT, type TensorSpec } from "../runtime/graph.js";
import { Tensor } from "../runtime/session.js";
import type { Codes, Coding } from "./coding.js";

/** Products stand in groups of this many; rows and columns of a block are a multiple of it. */
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

/** What is fed to a product; codes are not copied. */
export function productInputs(
  coding: Coding,
  dimensions: number,
  left: Factor,
  right: Factor,
): Record<string, Tensor> {
  const codes = (type: ElementType, codes: Codes) =>
    new Tensor(type as "int8", codes as Int8Array, [codes.length / dimensions, dimensions]);
  const rows = (at: Uint32Array) => {
    const whole = new Int32Array(wholeGroups(at.length)).fill(at[0]);
    whole.set(at);
    return new Tensor("int32", whole, [whole.length]);
  };
  const inputs = {
    leftCodes: codes(coding.left.type, left.codes),
    leftRows: rows(left.at),
    rightCodes: codes(coding.right.type, right.codes),
    rightRows: rows(right.at),
  };
  if (coding.left.type === "float32") return inputs;
  return {
    ...inputs,
    scale: new Tensor("float32", [coding.scale(dimensions)], []),
    one: new Tensor("float32", [1], []),
    zero: new Tensor("uint8", [coding.left.zero], []),
  };
}

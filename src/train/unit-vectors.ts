import type { GraphConstant, GraphNode, TensorSpec } from "../runtime/graph.js";

/** Squared lengths up to this count as 0: dividing by what is left of such numbers would give noise. */
const SQUARED_LENGTH_OF_NOTHING = 1e-30;

/** What `normalise` needs in its graph; `last` serves as the axis of a matrix's columns elsewhere too. */
export const UNIT_CONSTANTS: readonly GraphConstant[] = [
  { name: "last", int64: [1] },
  { name: "nothing", float32: [SQUARED_LENGTH_OF_NOTHING] },
  { name: "zero", float32: [0] },
];

/**
 * The rows of the matrix `name` brought to length 1, as `<name>Unit`, and one over their lengths, as `<name>Inverse`;
 * both 0 where a row is 0. One over a length is length / length²: a row too long for float32 becomes NaN, not 0.
 */
export function normalise(name: string): GraphNode[] {
  return [
    node("ReduceSumSquare", [name, "last"], `${name}Squared`),
    node("Greater", [`${name}Squared`, "nothing"], `${name}Filled`),
    node("Sqrt", [`${name}Squared`], `${name}Length`),
    node("Div", [`${name}Length`, `${name}Squared`], `${name}Quotient`),
    node("Where", [`${name}Filled`, `${name}Quotient`, "zero"], `${name}Inverse`),
    node("Mul", [name, `${name}Inverse`], `${name}Unit`),
  ];
}

/** A float32 matrix of as many rows as it happens to have. */
export function matrixSpec(name: string, rows: string, columns: number): TensorSpec {
  return { name, type: "float32", shape: [rows, columns] };
}

/** An operation with one output. */
export function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  rest: Pick<GraphNode, "attributes" | "floats"> = {},
): GraphNode {
  return { operator, inputs, outputs: [output], ...rest };
}

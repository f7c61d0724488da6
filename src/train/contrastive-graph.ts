import type { Graph, GraphNode, TensorSpec } from "../runtime/graph.js";
import { matrixSpec, node, normalise, UNIT_CONSTANTS } from "./unit-vectors.js";

export interface ContrastiveGraphOptions {
  dimensions: number;
  scale: number;
  margin: number;
  /** Whether the graph takes further wrong answers for the sources. */
  negatives: boolean;
}

/**
 * Loss and gradients of one batch. With x̂, ŷ, n̂ the unit vectors of sources, targets and negatives, s the scale,
 * F the forward softmax over x̂·[ŷ; n̂]ᵀ, B the backward one over ŷ·x̂ᵀ, and factor = s / (2 · pairs):
 *
 *     ∂/∂x̂ = factor · ((F + Bᵀ − 2·I) · ŷ + Fn · n̂)      F: the targets' columns, Fn: the negatives'
 *     ∂/∂ŷ = factor · (F + Bᵀ − 2·I)ᵀ · x̂
 *     ∂/∂n̂ = factor · Fnᵀ · x̂
 *     ∂/∂x = (g − x̂ · (x̂·g)) / |x|                        g = ∂/∂x̂
 */
export function contrastiveGraph({ dimensions, scale, margin, negatives }: ContrastiveGraphOptions): Graph {
  const sums = (name: string, rows: string) => matrixSpec(name, rows, dimensions);
  const ids = (name: string, rows: string): TensorSpec => ({ name, type: "int32", shape: [rows] });
  return {
    inputs: [
      sums("source", "pairs"),
      sums("target", "pairs"),
      ids("sourceIds", "pairs"),
      ids("targetIds", "pairs"),
      { name: "diagonal", type: "int64", shape: ["pairs", 1] },
      { name: "factor", type: "float32", shape: [1] },
      ...(negatives ? [sums("negatives", "negatives"), ids("negativeIds", "negatives")] : []),
    ],
    constants: [
      ...UNIT_CONSTANTS,
      { name: "first", int64: [0] },
      { name: "masked", float32: [Number.NEGATIVE_INFINITY] },
      { name: "marginLogit", float32: [-scale * margin] },
      { name: "minusHalf", float32: [-0.5] },
    ],
    nodes: [
      ...normalise("source"),
      ...normalise("target"),
      ...(negatives ? normalise("negatives") : []),
      ...logits(scale, negatives),
      ...loss(),
      ...unitGradients(negatives),
      ...sumGradient("source"),
      ...sumGradient("target"),
      ...(negatives ? sumGradient("negatives") : []),
    ],
    outputs: [
      { name: "loss", type: "float32", shape: [1] },
      sums("sourceGradient", "pairs"),
      sums("targetGradient", "pairs"),
      ...(negatives ? [sums("negativesGradient", "negatives")] : []),
    ],
  };
}

function logits(scale: number, negatives: boolean): GraphNode[] {
  const product = (a: string, b: string, output: string) =>
    node("Gemm", [a, b], output, { attributes: { transB: 1 }, floats: { alpha: scale } });
  return [
    product("sourceUnit", "targetUnit", "cosines"),
    node("Transpose", ["diagonal"], "diagonalRow"),
    node("Equal", ["diagonal", "diagonalRow"], "truePair"),
    node("Where", ["truePair", "marginLogit", "zero"], "margins"),
    node("Add", ["cosines", "margins"], "plainForward"),
    node("Transpose", ["plainForward"], "plainBackward"),
    ...mask("targetIds", "targetIds", "plainForward", "forwardLogits"),
    ...mask("sourceIds", "sourceIds", "plainBackward", "backwardLogits"),
    node("LogSoftmax", ["backwardLogits"], "backwardLog"),
    ...(negatives
      ? [
          product("sourceUnit", "negativesUnit", "plainNegatives"),
          ...equals("targetIds", "negativeIds", "negativeIsRight"),
          node("Where", ["negativeIsRight", "masked", "plainNegatives"], "negativeLogits"),
          node("Concat", ["forwardLogits", "negativeLogits"], "allLogits", { attributes: { axis: 1 } }),
          node("LogSoftmax", ["allLogits"], "forwardLog"),
        ]
      : [node("LogSoftmax", ["forwardLogits"], "forwardLog")]),
  ];
}

/** Leaves out wrong answers whose text equals the right one's: equal, and not the true pair itself. */
function mask(right: string, answers: string, from: string, to: string): GraphNode[] {
  return [
    ...equals(right, answers, `${to}Equal`),
    node("Xor", [`${to}Equal`, "truePair"], `${to}Masked`),
    node("Where", [`${to}Masked`, "masked", from], to),
  ];
}

function equals(rows: string, columns: string, output: string): GraphNode[] {
  return [
    node("Unsqueeze", [rows, "last"], `${output}Rows`),
    node("Equal", [`${output}Rows`, columns], output),
  ];
}

function loss(): GraphNode[] {
  return [
    node("GatherElements", ["forwardLog", "diagonal"], "forwardRight", { attributes: { axis: 1 } }),
    node("GatherElements", ["backwardLog", "diagonal"], "backwardRight", { attributes: { axis: 1 } }),
    node("Add", ["forwardRight", "backwardRight"], "right"),
    node("ReduceMean", ["right", "first"], "meanRight", { attributes: { keepdims: 0 } }),
    node("Mul", ["meanRight", "minusHalf"], "loss"),
  ];
}

function unitGradients(negatives: boolean): GraphNode[] {
  const columns = { attributes: { transA: 1 } };
  const minusTwice = { floats: { beta: -2 } };
  return [
    node("Exp", ["forwardLog"], "forward"),
    node("Exp", ["backwardLog"], "backward"),
    node("Transpose", ["backward"], "backwardColumns"),
    ...(negatives ? splitColumns() : []),
    node("Add", [negatives ? "forwardTargets" : "forward", "backwardColumns"], "weights"),
    node("Gemm", ["weights", "sourceUnit", "sourceUnit"], "targetUnitGradient", {
      ...columns,
      ...minusTwice,
    }),
    ...(negatives
      ? [
          node("Gemm", ["weights", "targetUnit", "targetUnit"], "targetsPull", minusTwice),
          node("Gemm", ["forwardNegatives", "negativesUnit", "targetsPull"], "sourceUnitGradient"),
          node("Gemm", ["forwardNegatives", "sourceUnit"], "negativesUnitGradient", columns),
        ]
      : [node("Gemm", ["weights", "targetUnit", "targetUnit"], "sourceUnitGradient", minusTwice)]),
  ];
}

/** The forward softmax taken apart: the targets' columns, the negatives' columns. */
function splitColumns(): GraphNode[] {
  return [
    node("Shape", ["targetIds"], "pairs"),
    node("Shape", ["allLogits"], "answers", { attributes: { start: 1 } }),
    node("Slice", ["forward", "first", "pairs", "last"], "forwardTargets"),
    node("Slice", ["forward", "pairs", "answers", "last"], "forwardNegatives"),
  ];
}

/** From a unit vector's derivative to its sum's: what is across the vector, over its length. */
function sumGradient(side: string): GraphNode[] {
  const name = (part: string) => `${side}${part}`;
  return [
    node("Mul", [name("Unit"), name("UnitGradient")], name("AlongParts")),
    node("ReduceSum", [name("AlongParts"), "last"], name("Along")),
    node("Mul", [name("Unit"), name("Along")], name("AlongVector")),
    node("Sub", [name("UnitGradient"), name("AlongVector")], name("Across")),
    node("Mul", [name("Inverse"), "factor"], name("Weight")),
    node("Mul", [name("Across"), name("Weight")], `${side}Gradient`),
  ];
}

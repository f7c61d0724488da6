import { LabelTree } from "./label-tree.js";
import { dotRow } from "./matrix.js";
import { EPSILON, type Output } from "./output.js";
import type { FastTextModel } from "./read-model.js";
import { sigmoidOf } from "./sigmoid-table.js";

export function openOutput(model: FastTextModel): Output {
  if (model.loss === "hierarchical softmax") return new LabelTree(model);
  const shares = new Float32Array(model.labels.length);
  const fill = (hidden: Float32Array) => {
    for (let i = 0; i < shares.length; i++) shares[i] = dotRow(model.output, i, hidden);
    if (model.loss === "softmax") softmax(shares);
    else for (let i = 0; i < shares.length; i++) shares[i] = sigmoidOf(shares[i]);
    return shares;
  };
  return {
    all: fill,
    best(hidden) {
      fill(hidden);
      let label = 0;
      // Of two that are as likely, fastText takes the latter.
      for (let i = 1; i < shares.length; i++) if (shares[i] >= shares[label]) label = i;
      return { label, score: shares[label] + EPSILON };
    },
  };
}

function softmax(values: Float32Array): void {
  const highest = values.reduce((most, value) => Math.max(most, value));
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.exp(values[i] - highest);
    sum += values[i];
  }
  for (let i = 0; i < values.length; i++) values[i] /= sum;
}

import type { FastTextModel } from "./read-model.js";

/** Keeps fastText's logarithms finite. */
const EPSILON = 1e-5;

const NONE = -1;

/**
 * The Huffman tree over a model's classes (hierarchical softmax, Morin & Bengio 2005): a class's probability is the
 * product of the decisions on the way to it.
 */
export class LabelTree {
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly classes: number;

  constructor(private readonly model: Pick<FastTextModel, "counts" | "nodes" | "dimensions">) {
    const { counts } = model;
    this.classes = counts.length;
    const size = 2 * this.classes - 1;
    this.left = new Int32Array(size).fill(NONE);
    this.right = new Int32Array(size).fill(NONE);
    const weights = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    weights.set(counts);
    let [leaf, node] = [this.classes - 1, this.classes];
    const lightest = () => (leaf >= 0 && weights[leaf] < weights[node] ? leaf-- : node++);
    for (let i = this.classes; i < size; i++) {
      this.left[i] = lightest();
      this.right[i] = lightest();
      weights[i] = weights[this.left[i]] + weights[this.right[i]];
    }
  }

  /** The likeliest class and its probability, given the hidden layer. */
  best(hidden: Float32Array): { label: number; score: number } {
    let [label, highest] = [NONE, Number.NEGATIVE_INFINITY];
    const descend = (node: number, score: number) => {
      if (score < highest) return;
      if (node < this.classes) {
        [label, highest] = [node, score];
        return;
      }
      const right = 1 / (1 + Math.exp(-this.activation(node - this.classes, hidden)));
      const [onLeft, onRight] = [score + Math.log(1 - right + EPSILON), score + Math.log(right + EPSILON)];
      // The likelier side first, so that most of the other need not be looked at.
      if (right < 0.5) {
        descend(this.left[node], onLeft);
        descend(this.right[node], onRight);
      } else {
        descend(this.right[node], onRight);
        descend(this.left[node], onLeft);
      }
    };
    descend(2 * this.classes - 2, 0);
    return { label, score: Math.exp(highest) };
  }

  private activation(node: number, hidden: Float32Array): number {
    const { nodes, dimensions } = this.model;
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += nodes[node * dimensions + i] * hidden[i];
    return sum;
  }
}

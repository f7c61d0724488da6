import { dotRow } from "./matrix.js";
import { type Classified, EPSILON, type Output } from "./output.js";
import type { FastTextModel } from "./read-model.js";

const NONE = -1;

/**
 * The Huffman tree over a model's classes (hierarchical softmax, Morin & Bengio 2005): a class's probability is the
 * product of the decisions on the way to it.
 */
export class LabelTree implements Output {
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly classes: number;
  private readonly shares: Float32Array;

  constructor(private readonly model: Pick<FastTextModel, "counts" | "output">) {
    const { counts } = model;
    this.classes = counts.length;
    this.shares = new Float32Array(this.classes);
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

  best(hidden: Float32Array): Classified {
    let [label, highest] = [NONE, Number.NEGATIVE_INFINITY];
    const descend = (node: number, score: number) => {
      if (score < highest) return;
      if (node < this.classes) {
        [label, highest] = [node, score];
        return;
      }
      const right = this.rightOf(node, hidden);
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

  all(hidden: Float32Array): Float32Array {
    const descend = (node: number, share: number) => {
      if (node < this.classes) {
        this.shares[node] = share;
        return;
      }
      const right = this.rightOf(node, hidden);
      descend(this.left[node], share * (1 - right));
      descend(this.right[node], share * right);
    };
    descend(2 * this.classes - 2, 1);
    return this.shares;
  }

  /** The probability of the right side of a node. */
  private rightOf(node: number, hidden: Float32Array): number {
    return 1 / (1 + Math.exp(-dotRow(this.model.output, node - this.classes, hidden)));
  }
}

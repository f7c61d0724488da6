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
  /** The less likely sides that were passed, how likely each is beside the other, and the score above them. */
  private readonly waiting: { nodes: Int32Array; shares: Float64Array; scores: Float64Array };

  constructor(private readonly model: Pick<FastTextModel, "counts" | "output">) {
    const { counts } = model;
    this.classes = counts.length;
    this.shares = new Float32Array(this.classes);
    this.waiting = {
      nodes: new Int32Array(this.classes),
      shares: new Float64Array(this.classes),
      scores: new Float64Array(this.classes),
    };
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
    const { classes, left, right, waiting } = this;
    let [label, highest] = [NONE, Number.NEGATIVE_INFINITY];
    let [node, score, count] = [2 * classes - 2, 0, 0];
    for (;;) {
      // The likelier side first, so that most of the other need not be looked at.
      while (node >= classes && !(score < highest)) {
        const share = this.rightOf(node, hidden);
        const isRight = !(share < 0.5);
        waiting.nodes[count] = isRight ? left[node] : right[node];
        waiting.shares[count] = (isRight ? 1 - share : share) + EPSILON;
        waiting.scores[count++] = score;
        node = isRight ? right[node] : left[node];
        score += Math.log((isRight ? share : 1 - share) + EPSILON);
      }
      if (!(score < highest)) [label, highest] = [node, score];
      // Few logarithms are needed: none is above its argument less 1.
      do {
        if (count === 0) return { label, score: Math.exp(highest) };
        count--;
      } while (waiting.scores[count] + waiting.shares[count] - 1 < highest);
      node = waiting.nodes[count];
      score = waiting.scores[count] + Math.log(waiting.shares[count]);
    }
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

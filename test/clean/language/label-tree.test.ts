import test from "ava";
import { LabelTree } from "../../../src/clean/language/fasttext/label-tree.js";
import { randomNumbers } from "../../random.js";

const DIMENSIONS = 5;
const next = randomNumbers(1);

/** A tree over classes that were seen so often, with nodes of random numbers. */
function growTree(counts: number[]): LabelTree {
  const values = Float32Array.from({ length: counts.length * DIMENSIONS }, () => 4 * next() - 2);
  return new LabelTree({ counts, output: { rows: counts.length, dimensions: DIMENSIONS, values } });
}

test("the best class is the likeliest of all, with its probability", (t) => {
  for (const classes of [1, 2, 3, 10, 176]) {
    const tree = growTree(Array.from({ length: classes }, (_, i) => 1000 - i));
    for (let text = 0; text < 50; text++) {
      const hidden = Float32Array.from({ length: DIMENSIONS }, () => 2 * next() - 1);
      const shares = tree.all(hidden);
      const { label, score } = tree.best(hidden);
      // Each decision is made a hundred-thousandth likelier.
      t.true(shares[label] >= 0.99 * Math.max(...shares));
      t.true(Math.abs(score / shares[label] - 1) < 0.01);
    }
  }
});

test("a class is found, whatever the numbers", (t) => {
  const tree = growTree([5, 4, 3, 2]);
  const { label } = tree.best(new Float32Array(DIMENSIONS).fill(Number.NaN));
  t.true(label >= 0 && label < 4);
});

import test from "ava";
import { bestBucc, buccAt, scoreBucc } from "../../src/evaluate/bucc.js";

/**
 * Five predictions and four gold pairs, worked by hand:
 *
 *   score   0.9  0.8  0.7  0.7  0.5
 *   gold?    ✓    –    ✓    ✓    –
 *   predicted 1    2    –    4    5     (the two at 0.7 come together)
 *   correct   1    1    –    3    3
 *   F1       2/5  2/6   –   6/8  6/9
 */
const predictions = [
  { score: 0.7, correct: true },
  { score: 0.9, correct: true },
  { score: 0.5, correct: false },
  { score: 0.7, correct: true },
  { score: 0.8, correct: false },
];

test("the sweep finds the threshold with the highest F1", (t) => {
  t.deepEqual(bestBucc(predictions, 4), { precision: 3 / 4, recall: 3 / 4, f1: 6 / 8, threshold: 0.7 });
});

test("a threshold predicts the pairs that reach it", (t) => {
  t.deepEqual(buccAt(predictions, 4, 0.8), { precision: 1 / 2, recall: 1 / 4, f1: 2 / 6, threshold: 0.8 });
  t.deepEqual(buccAt(predictions, 4, 0.85), { precision: 1, recall: 1 / 4, f1: 2 / 5, threshold: 0.85 });
});

test("of a tie all pairs are predicted, or none", (t) => {
  // With either of the two alone F1 would be 2/3; together they give 2/4.
  const tied = [
    { score: 1, correct: true },
    { score: 1, correct: false },
  ];
  t.is(bestBucc(tied, 2).f1, 2 / 4);
  const equal = predictions.map(({ correct }) => ({ score: 1, correct }));
  t.deepEqual(bestBucc(equal, 4), { precision: 3 / 5, recall: 3 / 4, f1: 6 / 9, threshold: 1 });
});

test("nothing predicted is F1 0", (t) => {
  t.deepEqual(bestBucc([], 4), { precision: 0, recall: 0, f1: 0, threshold: undefined });
  t.deepEqual(scoreBucc({ predicted: 0, correct: 0, gold: 4 }), {
    precision: 0,
    recall: 0,
    f1: 0,
    threshold: undefined,
  });
});

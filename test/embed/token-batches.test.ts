import test from "ava";
import { cutTokenBatches } from "../../src/embed/transformer/token-batches.js";

test("texts of like length share a batch, within the budget", (t) => {
  // Longest first: 9 | 5 4 (2 × 5 = 10) | 2 2 2 1 (4 × 2 = 8)
  t.deepEqual(cutTokenBatches([2, 9, 4, 2, 5, 1, 2], 10), [
    { rows: [1], paddedLength: 9 },
    { rows: [4, 2], paddedLength: 5 },
    { rows: [0, 3, 6, 5], paddedLength: 2 },
  ]);
});

test("a text longer than the budget is a batch of its own", (t) => {
  t.deepEqual(cutTokenBatches([1, 50], 10), [
    { rows: [1], paddedLength: 50 },
    { rows: [0], paddedLength: 1 },
  ]);
});

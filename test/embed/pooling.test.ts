import test from "ava";
import { normaliseRows } from "../../src/embed/normalise.js";
import { meanPool } from "../../src/embed/pooling.js";

test("the mean leaves padding out", (t) => {
  // Two texts of 1 and 2 tokens, padded to 2; two dimensions.
  const states = Float32Array.of(1, 2, 100, 100, 1, 1, 3, 5);
  t.deepEqual([...meanPool(states, [1, 2], 2, 2)], [1, 2, 2, 3]);
});

test("normalising gives length 1 and leaves zeros alone", (t) => {
  const vectors = normaliseRows(Float32Array.of(3, 4, 0, 0), 2);
  t.deepEqual([...vectors], [Math.fround(0.6), Math.fround(0.8), 0, 0]);
});

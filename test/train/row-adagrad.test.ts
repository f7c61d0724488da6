import test from "ava";
import { RowAdagrad } from "../../src/train/row-adagrad.js";

const near = (actual: ArrayLike<number>, expected: readonly number[]) =>
  expected.every((value, i) => Math.abs(actual[i] - value) < 1e-6);

test("a row's step is the rate times the gradient over the root of all its mean squares", (t) => {
  const table = Float32Array.from([1, 2, 3, 4, 5, 6]);
  const adagrad = new RowAdagrad(table, 2);
  // Row 2: mean square (3² + 4²) / 2 = 12.5, √12.5 = 3.535534; 5 − 0.5 · 3 / 3.535534, 6 − 0.5 · 4 / 3.535534.
  // Row 0: mean square (1² + 1²) / 2 = 1; 1 − 0.5 · 1, 2 + 0.5 · 1.
  adagrad.step(Int32Array.of(2, 0), Float32Array.of(3, 4, 1, -1), 0.5);
  t.true(near(table, [0.5, 2.5, 3, 4, 4.5757359, 5.4343146]));
  t.true(near(adagrad.accumulators, [1, 0, 12.5]));
  // Row 0 again: mean square (2² + 4²) / 2 = 10, with what was there 11, √11 = 3.316625.
  adagrad.step(Int32Array.of(0), Float32Array.of(2, 4), 1);
  t.true(near(table, [0.5 - 2 / 3.316625, 2.5 - 4 / 3.316625, 3, 4, 4.5757359, 5.4343146]));
  t.true(near(adagrad.accumulators, [11, 0, 12.5]));
});

test("a gradient of zero changes nothing, even the first", (t) => {
  const table = Float32Array.of(1, 2);
  new RowAdagrad(table, 2).step(Int32Array.of(0), Float32Array.of(0, 0), 0.1);
  t.deepEqual([...table], [1, 2]);
});

test("five dimensions count five squares", (t) => {
  const adagrad = new RowAdagrad(new Float32Array(5), 5);
  adagrad.step(Int32Array.of(0), Float32Array.of(1, 2, 3, 4, 5), 0.1);
  t.is(adagrad.accumulators[0], (1 + 4 + 9 + 16 + 25) / 5);
});

import test from "ava";
import { startAdam, stepAdam } from "../../src/train/adam.js";
import { openContrastive } from "../../src/train/contrastive.js";
import { openLinearMap } from "../../src/train/linear-map.js";
import { randomNumbers } from "../random.js";

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) =>
  actual.length === expected.length &&
  Array.from(actual).every((value, i) => Math.abs(value - expected[i]) < tolerance);

const random = (length: number, seed: number) => {
  const next = randomNumbers(seed);
  return Float32Array.from({ length }, () => next() - 0.5);
};

test("a map starts as one that changes nothing", async (t) => {
  await using map = await openLinearMap(3, { threads: 1 });
  const sums = random(12, 1);
  t.deepEqual(await map.forward(sums), sums);
});

test("a map's gradients are the slopes of the loss behind it", async (t) => {
  await using contrastive = await openContrastive({ dimensions: 4, threads: 1 });
  await using map = await openLinearMap(4, { state: startAdam(random(16, 2)), threads: 1 });
  const sums = random(40, 3);
  const lossAt = async () => {
    const mapped = await map.forward(sums);
    return contrastive.step(mapped.subarray(0, 20), mapped.subarray(20));
  };
  const slope = async (values: Float32Array, i: number) => {
    const h = 1e-2;
    const before = values[i];
    values[i] = before + h;
    const above = (await lossAt()).loss;
    values[i] = before - h;
    const below = (await lossAt()).loss;
    values[i] = before;
    return (above - below) / (2 * h);
  };
  const { sourceGradient, targetGradient } = await lossAt();
  const found = await map.backward(sums, Float32Array.of(...sourceGradient, ...targetGradient));
  const steepest = Math.max(...found.map.map(Math.abs), ...found.sums.map(Math.abs));
  for (const [gradient, values] of [
    [found.map, map.state.values],
    [found.sums, sums],
  ]) {
    const slopes: number[] = [];
    for (const i of values.keys()) slopes.push(await slope(values, i));
    t.true(near(gradient, slopes, 0.01 * steepest));
  }
});

test("a folded table's sums need the map no more", async (t) => {
  await using map = await openLinearMap(3, { state: startAdam(random(9, 4)), threads: 1 });
  const table = random(5000 * 3, 5);
  const sum = Float32Array.from({ length: 3 }, (_, i) => table[i] + table[3 * 4999 + i]);
  const expected = await map.forward(sum);
  await map.fold(table);
  const folded = Float32Array.from({ length: 3 }, (_, i) => table[i] + table[3 * 4999 + i]);
  t.true(near(folded, expected, 1e-6));
});

test("Adam's first step is the rate in every direction, its second by the formula", (t) => {
  const state = startAdam(Float32Array.of(1, 1));
  stepAdam(state, Float32Array.of(0.5, -4), 0.1, 1);
  t.true(near(state.values, [0.9, 1.1], 1e-6));
  // Of the first: means 0.9 · 0.05 + 0.1 · 1 = 0.145 and 0.999 · 0.00025 + 0.001 · 1 = 0.00124975, corrected by
  // 1 − 0.81 and 1 − 0.998001: 0.763158 and 0.625188; 0.9 − 0.1 · 0.763158 / √0.625188 = 0.803482.
  stepAdam(state, Float32Array.of(1, 0), 0.1, 2);
  t.true(Math.abs(state.values[0] - 0.803482) < 1e-5);
});

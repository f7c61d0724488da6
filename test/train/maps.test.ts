import test from "ava";
import { OptionError, TrainingError } from "../../src/errors.js";
import { startAdam, stepAdam } from "../../src/train/adam.js";
import { gatherBatch } from "../../src/train/adapter/adapter-batch.js";
import type { AdapterGroup, AdapterOptions, FrozenSide } from "../../src/train/adapter/adapter-training.js";
import { openLowRankMap } from "../../src/train/adapter/low-rank-map.js";
import { trainAdapter } from "../../src/train/adapter/train-adapter.js";
import { openClosedSetAccuracy } from "../../src/train/closed-set-accuracy.js";
import { openContrastive } from "../../src/train/contrastive.js";
import { openLinearMap } from "../../src/train/linear-map.js";
import { NO_NEIGHBOUR } from "../../src/types/neighbours.js";
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

const side = (data: Float32Array, dimensions: number, negatives = new Uint32Array()): FrozenSide => ({
  rows: Uint32Array.from({ length: data.length / dimensions }, (_, i) => i),
  negatives,
  gather: (rows) =>
    Float32Array.from(
      [...rows].flatMap((row) => [...data.subarray(row * dimensions, (row + 1) * dimensions)]),
    ),
});

const OPTIONS: AdapterOptions = {
  rank: 4,
  batch: 64,
  learningRate: 0.01,
  scale: 20,
  additiveMargin: 0,
  exponent: 0.7,
  steps: 100,
  seed: 0,
  threads: 1,
};

test("a low-rank map starts as one that changes nothing", async (t) => {
  await using map = await openLowRankMap(5, 2, { seed: 1, threads: 1 });
  const vectors = random(20, 1);
  t.deepEqual(await map.forward(vectors), vectors);
  t.deepEqual(
    [...(await map.matrix())],
    Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0)),
  );
});

test("a low-rank map's gradients are the slopes of the loss behind it", async (t) => {
  const [dimensions, pairs] = [5, 6];
  await using contrastive = await openContrastive({ dimensions, margin: 0.2, threads: 1 });
  await using map = await openLowRankMap(dimensions, 2, { seed: 1, threads: 1 });
  map.step({ down: random(10, 2), up: random(10, 3) }, 0.3, 1);
  const vectors = random(2 * pairs * dimensions, 4);
  const measure = async () => {
    const mapped = await map.forward(vectors);
    return contrastive.step(mapped.subarray(0, pairs * dimensions), mapped.subarray(pairs * dimensions));
  };
  const { sourceGradient, targetGradient } = await measure();
  const found = await map.backward(vectors, Float32Array.of(...sourceGradient, ...targetGradient));
  for (const part of ["down", "up"] as const) {
    const steepest = Math.max(...found[part].map(Math.abs));
    const values = map.parameters[part];
    for (const [i, gradient] of found[part].entries()) {
      const [before, h] = [values[i], 1e-2];
      const lossAt = async (value: number) => {
        values[i] = value;
        return (await measure()).loss;
      };
      const slope = ((await lossAt(before + h)) - (await lossAt(before - h))) / (2 * h);
      values[i] = before;
      t.true(Math.abs(gradient - slope) < 0.01 * steepest, `${part} ${i}: ${gradient}, not ${slope}`);
    }
  }
});

/** Pairs that agree in their first four numbers, while eight larger ones are noise of each text's own. */
function hiddenPairs(
  pairs: number,
  seed: number,
): AdapterGroup & { data: Record<"source" | "target", Float32Array> } {
  const [meaning, ...noise] = [0, 1, 2].map((i) => random(pairs * 12, seed + i));
  const [source, target] = noise.map((values) =>
    values.map((value, i) => (i % 12 < 4 ? meaning[i] : 2 * value)),
  );
  return { name: "x-y", source: side(source, 12), target: side(target, 12), data: { source, target } };
}

test("an adapter learns which directions pairs have in common, also of pairs that it has not seen", async (t) => {
  const matrix = await trainAdapter(12, [hiddenPairs(512, 1)], { ...OPTIONS, rank: 12, steps: 300 });
  const { data } = hiddenPairs(100, 50);
  const ids = Int32Array.from({ length: 100 }, (_, i) => i);
  await using closedSet = await openClosedSetAccuracy(12, 1);
  const map = (vectors: Float32Array) =>
    vectors.map((_, i) => {
      const [row, column] = [Math.floor(i / 12), i % 12];
      let sum = 0;
      for (let j = 0; j < 12; j++) sum += vectors[row * 12 + j] * matrix[j * 12 + column];
      return sum;
    });
  const before = await closedSet.accuracy(data.source, data.target, ids, ids);
  const after = await closedSet.accuracy(map(data.source), map(data.target), ids, ids);
  t.true(before < 0.3, String(before));
  t.true(after > 0.8, String(after));
});

test("what is added to the identity has the rank that was asked for", async (t) => {
  const matrix = await trainAdapter(12, [hiddenPairs(128, 1)], { ...OPTIONS, rank: 1 });
  const added = matrix.map((value, i) => value - (i % 13 === 0 ? 1 : 0));
  const at = (row: number, column: number) => added[row * 12 + column];
  const largest = Math.max(...added.map(Math.abs));
  t.true(largest > 0.01);
  for (let row = 1; row < 12; row++)
    for (let column = 1; column < 12; column++)
      t.true(Math.abs(at(0, 0) * at(row, column) - at(0, column) * at(row, 0)) < 1e-4 * largest ** 2);
});

test("the same pairs give the same bytes on any number of threads, and another seed others", async (t) => {
  const groups = [hiddenPairs(200, 1), hiddenPairs(20, 9)];
  const train = (more: Partial<AdapterOptions>) =>
    trainAdapter(12, groups, { ...OPTIONS, steps: 20, ...more });
  const once = await train({});
  t.deepEqual(await train({ threads: 3 }), once);
  t.notDeepEqual(await train({ seed: 1 }), once);
});

test("the sides take turns in having hard negatives, each of them once and none that answers another pair", (t) => {
  const data = Float32Array.from({ length: 10 }, (_, i) => i);
  const negatives = Uint32Array.of(5, 1, 5, NO_NEIGHBOUR, 0, 9);
  const group: AdapterGroup = {
    name: "x-y",
    source: { ...side(data, 1), rows: Uint32Array.of(2, 3, 4), negatives: Uint32Array.of(7, 8, 2) },
    target: { ...side(data, 1), rows: Uint32Array.of(0, 1, 2), negatives },
  };
  const pairs = Uint32Array.of(0, 1);
  const even = gatherBatch(group, pairs, 0);
  t.deepEqual([...even.vectors], [2, 3, 0, 1, 5]);
  t.deepEqual([...even.ids.negatives], [5]);
  const odd = gatherBatch(group, pairs, 1);
  t.deepEqual([...odd.vectors], [0, 1, 2, 3, 7, 8]);
  t.deepEqual([...odd.ids.asking], [0, 1]);
  t.deepEqual([...odd.ids.answering], [2, 3]);
});

test("training that is told to stop gives the signal's reason", async (t) => {
  const stop = new AbortController();
  const onStep = () => stop.abort(new Error("enough"));
  await t.throwsAsync(trainAdapter(12, [hiddenPairs(64, 1)], { ...OPTIONS, signal: stop.signal, onStep }), {
    message: "enough",
  });
});

test("a loss that is no number ends the training, and says what may help", async (t) => {
  const broken = random(64 * 12, 1).fill(Number.NaN, 0, 12);
  const group = { name: "x-y", source: side(broken, 12), target: side(random(64 * 12, 2), 12) };
  await t.throwsAsync(trainAdapter(12, [group], OPTIONS), {
    instanceOf: TrainingError,
    message: /^Step 1, a batch of x-y: expected a finite loss, found NaN\. Lower learningRate \(0\.01\)/,
  });
});

const STRANGE: [Partial<AdapterOptions>, RegExp][] = [
  [{ rank: 0 }, /rank is 0; expected a whole number from 1/],
  [{ batch: 1.5 }, /batch is 1\.5; expected a whole number from 1/],
  [{ scale: 0 }, /scale is 0; expected a number above 0/],
  [{ learningRate: -1 }, /learningRate is -1; expected a number from 0/],
  [{ additiveMargin: Number.NaN }, /additiveMargin is NaN; expected a number/],
  [{ exponent: Number.POSITIVE_INFINITY }, /exponent is Infinity; expected a number/],
];

for (const [strange, message] of STRANGE) {
  test(`refused: ${JSON.stringify(strange)}`, async (t) => {
    await t.throwsAsync(trainAdapter(12, [hiddenPairs(8, 1)], { ...OPTIONS, ...strange }), {
      instanceOf: OptionError,
      message,
    });
  });
}

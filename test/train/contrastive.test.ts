import { readFileSync } from "node:fs";
import test from "ava";
import { type BatchTexts, openContrastive } from "../../src/train/contrastive.js";
import { randomNumbers } from "../random.js";

type Matrix = number[][];

interface Case {
  margin: number;
  source: Matrix;
  target: Matrix;
  sourceIds: number[];
  targetIds: number[];
  negatives?: Matrix;
  negativeIds?: number[];
}

interface ReferenceCase extends Case {
  loss: number;
  sourceGradient: Matrix;
  targetGradient: Matrix;
  negativesGradient?: Matrix;
}

const SCALE = 20;

/** The loss from its formula, in float64: mean of both directions' −log softmax of the true pair. */
function lossOf({ margin, source, target, sourceIds, targetIds, negatives = [], negativeIds = [] }: Case) {
  const pairs = source.length;
  const logit = (x: number[], y: number[], m: number) => SCALE * (cosine(x, y) - m);
  let sum = 0;
  for (let i = 0; i < pairs; i++) {
    const right = logit(source[i], target[i], margin);
    const forward = [right];
    const backward = [right];
    for (let j = 0; j < pairs; j++) {
      if (targetIds[j] !== targetIds[i]) forward.push(logit(source[i], target[j], 0));
      if (sourceIds[j] !== sourceIds[i]) backward.push(logit(source[j], target[i], 0));
    }
    for (const [h, negative] of negatives.entries()) {
      if (negativeIds[h] !== targetIds[i]) forward.push(logit(source[i], negative, 0));
    }
    sum += logSumExp(forward) - right + logSumExp(backward) - right;
  }
  return sum / (2 * pairs);
}

function cosine(x: number[], y: number[]): number {
  const lengths = Math.hypot(...x) * Math.hypot(...y);
  return lengths === 0 ? 0 : x.reduce((sum, value, i) => sum + value * y[i], 0) / lengths;
}

function logSumExp(values: number[]): number {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

/** Central differences of the formula by every number of `matrix`, which is part of `batch`. */
function differences(batch: Case, matrix: Matrix): number[] {
  const h = 1e-5;
  return matrix.flatMap((row) =>
    row.map((value, i) => {
      row[i] = value + h;
      const above = lossOf(batch);
      row[i] = value - h;
      const below = lossOf(batch);
      row[i] = value;
      return (above - below) / (2 * h);
    }),
  );
}

async function step(batch: Case, scale = SCALE) {
  const { source, target, margin, negatives, negativeIds } = batch;
  await using contrastive = await openContrastive({
    dimensions: source[0].length,
    scale,
    margin,
    threads: 1,
  });
  const texts: BatchTexts = {
    sourceIds: Int32Array.from(batch.sourceIds),
    targetIds: Int32Array.from(batch.targetIds),
    negatives: negatives && { sums: flat(negatives), ids: Int32Array.from(negativeIds ?? []) },
  };
  return await contrastive.step(flat(source), flat(target), texts);
}

const flat = (matrix: Matrix) => Float32Array.from(matrix.flat());

function near(actual: Float32Array | undefined, expected: readonly number[], tolerance: number): boolean {
  return actual?.length === expected.length && expected.every((x, i) => Math.abs(actual[i] - x) <= tolerance);
}

function randomBatch(): Case {
  const next = randomNumbers(5);
  const matrix = (rows: number) =>
    Array.from({ length: rows }, () => Array.from({ length: 4 }, () => next() * 2 - 1));
  return {
    margin: 0.15,
    source: matrix(7),
    target: matrix(7),
    sourceIds: [0, 1, 2, 2, 4, 5, 6],
    targetIds: [0, 1, 2, 3, 4, 1, 6],
    negatives: matrix(4),
    negativeIds: [30, 4, 31, 32],
  };
}

test("gradients are the slopes of the loss", async (t) => {
  const batch = randomBatch();
  const found = await step(batch);
  t.true(Math.abs(found.loss - lossOf(batch)) < 1e-5);
  t.true(near(found.sourceGradient, differences(batch, batch.source), 2e-6));
  t.true(near(found.targetGradient, differences(batch, batch.target), 2e-6));
  t.true(near(found.negativesGradient, differences(batch, batch.negatives ?? []), 2e-6));
});

test("loss and gradients are those of PyTorch", async (t) => {
  const json = readFileSync("test/train/contrastive.json", "utf8");
  const { cases }: { cases: ReferenceCase[] } = JSON.parse(json);
  t.is(cases.length, 4);
  for (const expected of cases) {
    const found = await step(expected);
    t.true(Math.abs(found.loss - expected.loss) < 1e-5);
    t.true(near(found.sourceGradient, expected.sourceGradient.flat(), 2e-6));
    t.true(near(found.targetGradient, expected.targetGradient.flat(), 2e-6));
    if (expected.negativesGradient) {
      t.true(near(found.negativesGradient, expected.negativesGradient.flat(), 2e-6));
    } else t.is(found.negativesGradient, undefined);
  }
});

test("a sum of zero has no gradient and leaves the others a number", async (t) => {
  const batch = randomBatch();
  batch.source[1].fill(0);
  batch.target[1].fill(0);
  batch.target[3].fill(0);
  const found = await step(batch);
  t.true(Math.abs(found.loss - lossOf(batch)) < 1e-5);
  t.true(found.sourceGradient.subarray(4, 8).every((value) => value === 0));
  t.true(found.targetGradient.subarray(12, 16).every((value) => value === 0));
  for (const gradient of [found.sourceGradient, found.targetGradient])
    t.true(gradient.every(Number.isFinite));
});

test("without numbers all texts are different", async (t) => {
  const { source, target } = randomBatch();
  await using contrastive = await openContrastive({ dimensions: 4, threads: 1 });
  const ids = [0, 1, 2, 3, 4, 5, 6];
  const { loss } = await contrastive.step(flat(source), flat(target));
  t.true(Math.abs(loss - lossOf({ margin: 0, source, target, sourceIds: ids, targetIds: ids })) < 1e-5);
});

test("a high scale does not overflow", async (t) => {
  // Every wrong answer is better by 2 in cosine: the loss is 2 · s + log 1 with one wrong answer each.
  const batch = { margin: 0, source: [[1], [-1]], target: [[-1], [1]], sourceIds: [0, 1], targetIds: [0, 1] };
  const { loss, sourceGradient } = await step(batch, 500);
  t.is(loss, 1000);
  t.true(sourceGradient.every(Number.isFinite));
});

test("a sum that is not a number makes a loss that is none", async (t) => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e30]) {
    const batch = randomBatch();
    batch.source[2][0] = value;
    const { loss } = await step(batch);
    t.false(Number.isFinite(loss));
  }
});

test("any number of threads gives the same bits", async (t) => {
  const next = randomNumbers(9);
  const sums = () => Float32Array.from({ length: 300 * 48 }, () => next() - 0.5);
  const [source, target] = [sums(), sums()];
  const results = [];
  for (const threads of [1, 2]) {
    await using contrastive = await openContrastive({ dimensions: 48, threads });
    results.push(await contrastive.step(source, target));
  }
  t.deepEqual(results[0], results[1]);
});

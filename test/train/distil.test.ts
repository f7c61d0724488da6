import test from "ava";
import { ModelError } from "../../src/errors.js";
import { distilTable, type PieceVectors } from "../../src/train/distil/distil-table.js";
import { pieceProbabilities, pieceWeights } from "../../src/train/distil/piece-weights.js";
import { principalAxes } from "../../src/train/distil/principal-axes.js";
import { randomNumbers } from "../random.js";

const close = (actual: ArrayLike<number>, expected: readonly number[], within = 1e-6) =>
  actual.length === expected.length && expected.every((value, i) => Math.abs(actual[i] - value) <= within);

function vectorsOf(rows: number[][], mean: number[]): PieceVectors {
  const { length: dimensions } = mean;
  const data = Float32Array.from(rows.flat());
  return {
    rows: rows.length,
    dimensions,
    mean,
    read: async (start, end) => data.slice(start * dimensions, end * dimensions),
  };
}

async function tableOf(vectors: PieceVectors, weights: number[], dimensions: number) {
  const table = await distilTable(vectors, Float64Array.from(weights), dimensions);
  const blocks: Float32Array[] = [];
  for await (const block of table.blocks()) blocks.push(block);
  return { ...table, values: blocks.flatMap((block) => [...block]) };
}

/**
 * About (10, 20): √32 to both sides along (3, 4)/5, and √2 along (4, −3)/5. The variances along these are 2 · 32/4 = 16
 * and 2 · 2/4 = 1, the standard deviations 4 and 1.
 */
const [LONG, SHORT] = [Math.sqrt(32), Math.sqrt(2)];
const CROSS = vectorsOf(
  [
    [10 + 0.6 * LONG, 20 + 0.8 * LONG],
    [10 - 0.6 * LONG, 20 - 0.8 * LONG],
    [10 + 0.8 * SHORT, 20 - 0.6 * SHORT],
    [10 - 0.8 * SHORT, 20 + 0.6 * SHORT],
  ],
  [10, 20],
);

test("pieces are centred, turned to their axes, and each column divided by the root of its deviation", async (t) => {
  const { values, explained } = await tableOf(CROSS, [1, 1, 1, 1], 2);
  // √32/√4 = √8 and √2/√1: their squares sum to 20 over 8 numbers, so the table's deviation is √2.5 before it is 0.1.
  const [first, second] = [0.1 * Math.sqrt(8 / 2.5), 0.1 * Math.sqrt(2 / 2.5)];
  t.true(close(values, [first, 0, -first, 0, 0, second, 0, -second]));
  t.is(explained, 1);
});

test("fewer components are the first ones, and it is told what share of the variance they hold", async (t) => {
  const { values, explained, dimensions } = await tableOf(CROSS, [1, 1, 1, 1], 1);
  t.true(close(values, [Math.SQRT2 / 10, -Math.SQRT2 / 10, 0, 0]));
  t.true(Math.abs(explained - 16 / 17) < 1e-7);
  t.is(dimensions, 1);
});

test("a row counts by its weight", async (t) => {
  const { values } = await tableOf(CROSS, [1, 0.25, 1, 1], 2);
  t.true(close([values[2] / values[0]], [-0.25]));
});

test("a piece without text stays zero and moves neither mean nor axes", async (t) => {
  const rows = [...(await CROSS.read(0, 4))];
  rows.splice(4, 0, 0, 0);
  const vectors = vectorsOf(
    [0, 2, 4, 6, 8].map((start) => rows.slice(start, start + 2)),
    [10, 20],
  );
  const { values } = await tableOf(vectors, [1, 1, 1, 1, 1], 2);
  // 20 over 10 numbers: √8 and √2 are divided by √2 before they are a tenth.
  t.true(close(values, [0.2, 0, -0.2, 0, 0, 0, 0, 0.1, 0, -0.1]));
});

test("a direction in which nothing varies is zeros", async (t) => {
  const vectors = vectorsOf(
    [
      [1, 5],
      [3, 5],
    ],
    [2, 5],
  );
  // ±1 and 0: a deviation of √½ over the four numbers.
  t.true(close((await tableOf(vectors, [1, 1], 2)).values, [-Math.SQRT2 / 10, 0, Math.SQRT2 / 10, 0]));
});

test("vectors that are all the same are refused", async (t) => {
  const same = vectorsOf(
    [
      [1, 2],
      [1, 2],
    ],
    [1, 2],
  );
  await t.throwsAsync(distilTable(same, Float64Array.of(1, 1), 2), {
    instanceOf: ModelError,
    message: /the same vector/,
  });
});

test("principal axes are orthonormal, and what the covariance stretches by their variances", (t) => {
  const d = 40;
  const next = randomNumbers(3);
  const factors = Array.from({ length: d * d }, () => next() - 0.5);
  const covariance = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      for (let k = 0; k < d; k++) covariance[i * d + j] += factors[k * d + i] * factors[k * d + j];
  const { variances, axes } = principalAxes(covariance, d);
  const axis = (column: number) => Float64Array.from({ length: d }, (_, row) => axes[row * d + column]);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  for (let a = 0; a < d; a++) {
    const stretched = axis(a).map((_, row) => dot(covariance.subarray(row * d, (row + 1) * d), axis(a)));
    t.true(close(stretched, [...axis(a).map((value) => value * variances[a])], 1e-9));
    for (let b = 0; b < d; b++) t.true(Math.abs(dot(axis(a), axis(b)) - (a === b ? 1 : 0)) < 1e-9);
    if (a > 0) t.true(variances[a] <= variances[a - 1]);
  }
});

test("pieces are as probable as their counts, one added; a piece without text does not count", (t) => {
  const probabilities = pieceProbabilities({
    texts: ["a", "b", "", "c"],
    counts: [9, 0, 1000, 88],
    scores: [],
  });
  t.true(close(probabilities, [10 / 100, 1 / 100, 0, 89 / 100], 1e-15));
});

test("without counts they are as probable as their scores say", (t) => {
  const texts = ["a", "", "b"];
  t.true(
    close(pieceProbabilities({ texts, scores: [Math.log(0.5), 0, Math.log(1e-4)] }), [0.5, 0, 1e-4], 1e-15),
  );
});

test("without scores they follow Zipf's law in their order, as Model2Vec has it from rank 2", (t) => {
  // ½ + ⅓ + ¼ = 13/12
  t.true(close(pieceProbabilities({ texts: ["a", "", "b", "c"] }), [6 / 13, 0, 4 / 13, 3 / 13], 1e-15));
});

test("a piece of probability 1e-4 counts half, a rarer one more", (t) => {
  const weights = pieceWeights({ texts: ["a", "b"], scores: [Math.log(1e-4), Math.log(1e-6)] });
  t.true(close(weights, [0.5, 100 / 101], 1e-12));
});

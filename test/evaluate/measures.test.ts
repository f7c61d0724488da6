import test from "ava";
import { areaUnderCurve } from "../../src/evaluate/auc.js";
import { bootstrap, bootstrapValue, pairedBootstrap, rateOf } from "../../src/evaluate/bootstrap.js";
import { bestBucc, buccAt, scoreBucc } from "../../src/evaluate/bucc.js";
import { LANGUAGE_LISTS } from "../../src/evaluate/language-lists.js";
import { meanReciprocalRank, ranksOfPartners, recallAt } from "../../src/evaluate/ranks.js";

/**
 * Five queries against the five unit vectors of the axes, so that a query's numbers are its cosines:
 *
 *   query 0: .9 .1 .0 .0 .0   own first: rank 1
 *   query 1: .9 .3 .1 .0 .0   rank 2
 *   query 2: .5 .5 .5 .0 .0   equal to two of lower index: rank 3
 *   query 3: .0 .0 .0 .2 .2   equal to one of higher index: rank 1
 *   query 4: .5 .4 .3 .2 .1   rank 5
 */
const queries = {
  rows: 5,
  dimensions: 5,
  data: Float32Array.of(
    ...[0.9, 0.1, 0, 0, 0],
    ...[0.9, 0.3, 0.1, 0, 0],
    ...[0.5, 0.5, 0.5, 0, 0],
    ...[0, 0, 0, 0.2, 0.2],
    ...[0.5, 0.4, 0.3, 0.2, 0.1],
  ),
};
const axes = {
  rows: 5,
  dimensions: 5,
  data: Float32Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0)),
};

test("a partner's rank counts what is nearer, equal cosines by index", (t) => {
  t.deepEqual([...ranksOfPartners(queries, axes)], [1, 2, 3, 1, 5]);
});

test("recall@k is the share of partners among the first k", (t) => {
  const ranks = Float64Array.of(1, 2, 3, 1, 5);
  t.deepEqual(
    [1, 2, 3, 5].map((k) => recallAt(ranks, k)),
    [2 / 5, 3 / 5, 4 / 5, 1],
  );
});

test("the mean reciprocal rank is the mean of 1 / rank", (t) => {
  t.true(
    Math.abs(meanReciprocalRank(Float64Array.of(1, 2, 3, 1, 5)) - (1 + 1 / 2 + 1 / 3 + 1 + 1 / 5) / 5) <
      1e-12,
  );
});

test("a vector of zeros finds nothing and is found by nothing", (t) => {
  const some = { rows: 2, dimensions: 2, data: Float32Array.of(0, 0, 1, 0) };
  t.deepEqual([...ranksOfPartners(some, some)], [Number.POSITIVE_INFINITY, 1]);
  t.is(meanReciprocalRank(ranksOfPartners(some, some)), 1 / 2);
});

test("a vector of zeros is no nearer than a partner on the other side of the origin", (t) => {
  const queries = { rows: 3, dimensions: 2, data: Float32Array.of(1, 0, 0, 1, 0.6, 0.8) };
  // Query 0's cosines are −√½ and −1, query 1's √½ and 0; query 2 has no partner.
  const others = {
    rows: 3,
    dimensions: 2,
    data: Float32Array.of(-Math.SQRT1_2, Math.SQRT1_2, -1, 0, 0, 0),
  };
  t.deepEqual([...ranksOfPartners(queries, others)], [1, 2, Number.POSITIVE_INFINITY]);
});

test("the area under the ROC curve is the share of positives above negatives, ties half", (t) => {
  // Positives 0.9, 0.5, 0.4; negatives 0.5, 0.1: 0.9 beats both, 0.5 ties and beats, 0.4 loses and beats: 4.5 of 6.
  t.is(areaUnderCurve([0.9, 0.5, 0.5, 0.4, 0.1], [true, true, false, true, false]), 4.5 / 6);
  t.is(areaUnderCurve([3, 2, 1], [true, true, false]), 1);
  t.is(areaUnderCurve([3, 2, 1], [false, false, true]), 0);
  t.is(areaUnderCurve([1, 1, 1, 1], [true, false, true, false]), 0.5);
});

test("scikit-learn's example has its area", (t) => {
  // sklearn.metrics.roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
  t.is(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [false, false, true, true]), 0.75);
});

test("labels of one kind have no area, and a bootstrap leaves such samples out", (t) => {
  t.true(Number.isNaN(areaUnderCurve([1, 2], [true, true])));
  const [scores, labels] = [
    [1, 2],
    [false, true],
  ];
  const interval = bootstrapValue(2, (sample) =>
    areaUnderCurve(
      sample.map((i) => scores[i]),
      sample.map((i) => labels[i]),
    ),
  );
  t.deepEqual(interval, { low: 1, high: 1 });
});

const coins = (hits: number, of: number) =>
  Array.from({ length: of }, (_, i) => ({ numerator: i < hits ? 1 : 0, denominator: 1 }));

test("a rate is the ratio of both sums", (t) => {
  t.is(
    rateOf([
      { numerator: 2, denominator: 2 },
      { numerator: 0, denominator: 3 },
    ]),
    2 / 5,
  );
});

test("the interval of a proportion is near its normal approximation", (t) => {
  // p = 0.3 of 1,000: 0.3 ± 1.96 · √(0.3 · 0.7 / 1000) = 0.3 ± 0.0284.
  const { low, high } = bootstrap(coins(300, 1000));
  t.true(Math.abs(low - 0.2716) < 0.005);
  t.true(Math.abs(high - 0.3284) < 0.005);
});

test("the same units give the same interval", (t) => {
  t.deepEqual(bootstrap(coins(30, 100)), bootstrap(coins(30, 100)));
});

test("a system compared with itself gains nothing, for certain", (t) => {
  t.deepEqual(pairedBootstrap(coins(30, 100), coins(30, 100)), { low: 0, high: 0 });
});

test("a system that is better on a third of the sentences and never worse gains that third", (t) => {
  const { low, high } = pairedBootstrap(coins(200, 300), coins(100, 300));
  // 1/3 ± 1.96 · √(1/3 · 2/3 / 300) = 1/3 ± 0.053.
  t.true(Math.abs(low - 0.28) < 0.015);
  t.true(Math.abs(high - 0.387) < 0.015);
});

for (const [name, size] of [
  ["14", 14],
  ["36", 36],
  ["CRISS", 16],
] as const) {
  test(`the list ${name} has ${size} different languages`, (t) => {
    t.is(new Set(LANGUAGE_LISTS[name]).size, size);
    t.is(LANGUAGE_LISTS[name].length, size);
  });
}

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

test("the best threshold is a short decimal that predicts the same pairs", (t) => {
  const scores = [1.3, 1.262758, 1.26272];
  const { threshold, f1 } = bestBucc(
    scores.map((score, i) => ({ score, correct: i < 2 })),
    2,
  );
  t.deepEqual([threshold, f1], [1.26275, 1]);
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

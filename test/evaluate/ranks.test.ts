import test from "ava";
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

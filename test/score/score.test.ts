import test from "ava";
import { adequacyOf, lengthAgreement, lengthRatio, medianOf } from "../../src/score/adequacy.js";
import { scoreMargin } from "../../src/score/margin.js";
import { candidatesOf } from "../candidates.js";

/**
 * Two sources, two targets, k = 2; every pair is among both neighbourhoods.
 *
 *        y0    y1    m(x)
 *   x0  0.75  0.25  0.500
 *   x1  0.50  0.25  0.375
 *  m(y) 0.625 0.25
 */
const table = candidatesOf(
  [
    [0, 0, 0.75, 1, 1],
    [0, 1, 0.25, 2, 1],
    [1, 0, 0.5, 1, 2],
    [1, 1, 0.25, 2, 2],
  ],
  { sources: 2, targets: 2, k: 2 },
);

test("absolute is the cosine", (t) => {
  t.deepEqual([...scoreMargin(table, "absolute").values], [0.75, 0.25, 0.5, 0.25]);
});

test("distance is the cosine less the mean of both neighbourhoods", (t) => {
  t.deepEqual([...scoreMargin(table, "distance").values], [0.1875, -0.125, 0, -0.0625]);
});

test("ratio is the cosine divided by the mean of both neighbourhoods", (t) => {
  const { values, dropped } = scoreMargin(table, "ratio");
  t.deepEqual([...values], [0.75 / 0.5625, 0.25 / 0.375, 0.5 / 0.5, 0.25 / 0.3125]);
  t.is(dropped, 0);
});

test("a neighbourhood holds only those among the k nearest of its own sentence", (t) => {
  // y1 is not among the nearest of x0, so m(x0) is 0.75; x1 is not among those of y0, so m(y0) is 0.75.
  const oneSided = candidatesOf(
    [
      [0, 0, 0.75, 1, 1],
      [0, 1, 0.25, 0, 1],
      [1, 0, 0.5, 1, 0],
    ],
    { sources: 2, targets: 2, k: 1 },
  );
  t.deepEqual([...scoreMargin(oneSided, "distance").values], [0, 0.25 - 0.5, 0.5 - 0.625]);
});

test("ratio drops and counts pairs whose neighbourhoods' mean is below 0.01", (t) => {
  const centred = candidatesOf(
    [
      [0, 0, 0.0078125, 1, 1],
      [1, 1, 0.5, 1, 1],
    ],
    { sources: 2, targets: 2, k: 1 },
  );
  const { values, dropped } = scoreMargin(centred, "ratio");
  t.deepEqual([...values], [Number.NaN, 1]);
  t.is(dropped, 1);
  t.is(scoreMargin(centred, "distance").dropped, 0);
});

test("margin prefers a mutual neighbour over a hub", (t) => {
  // y0 is near to everything; x1's own partner y1 is a little farther, but near to x1 alone.
  const hub = candidatesOf(
    [
      [0, 0, 0.75, 1, 1],
      [0, 1, 0.25, 2, 2],
      [1, 0, 0.75, 1, 2],
      [1, 1, 0.6875, 2, 1],
    ],
    { sources: 2, targets: 2, k: 2 },
  );
  const cosines = scoreMargin(hub, "absolute").values;
  const margins = scoreMargin(hub, "ratio").values;
  t.true(cosines[2] > cosines[3]);
  t.true(margins[2] < margins[3]);
});

test("lengths are told in code points, and a blank side has no ratio", (t) => {
  t.is(lengthRatio("ab", "abc"), 1.5);
  t.is(lengthRatio("😀😀", "a"), 0.5);
  t.true(Number.isNaN(lengthRatio("", "a")));
  t.true(Number.isNaN(lengthRatio("a", "")));
});

test("a pair that is as long as usual agrees, one half or twice as long by half", (t) => {
  t.is(lengthAgreement(1.2, 1.2), 1);
  t.is(lengthAgreement(0.6, 1.2), 0.5);
  t.is(lengthAgreement(2.4, 1.2), 0.5);
});

test("a cosine is less by what one side has too much; a negative one is not made higher", (t) => {
  t.is(adequacyOf(0.8, 0.5), 0.4);
  t.is(adequacyOf(-0.8, 0.5), -0.8);
});

test("the median leaves out what is no number", (t) => {
  t.is(medianOf(Float32Array.of(3, Number.NaN, 1, 2)), 2);
  t.is(medianOf(Float32Array.of(4, 1, 2, 3)), 2.5);
  t.true(Number.isNaN(medianOf(Float32Array.of())));
});

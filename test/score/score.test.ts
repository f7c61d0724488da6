import test from "ava";
import { adequacyOf, lengthAgreement, lengthRatio, medianOf } from "../../src/score/adequacy.js";
import { averagingAmong, isFew, shrinkMean, weightOf } from "../../src/score/few-sentences.js";
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

test("a figure of one sentence hardly counts, one of 128 for the most part, one of 256 as it is", (t) => {
  t.is(weightOf("mean", 1), 1 / (1 + 32 * (255 / 256)));
  t.is(weightOf("mean", 128), 128 / (128 + 16));
  t.is(weightOf("neighbourhood", 64), 64 / (64 + 72));
  for (const figure of ["mean", "neighbourhood"] as const)
    for (const many of [256, 1000, 1e9]) t.is(weightOf(figure, many), 1);
});

test("a weight grows with every sentence, up to 1 without a jump", (t) => {
  for (const figure of ["mean", "neighbourhood"] as const) {
    const weights = Array.from({ length: 256 }, (_, i) => weightOf(figure, i + 1));
    t.true(weights.every((weight, i) => i === 0 || weight > weights[i - 1]));
    t.true(1 - weights[254] < 0.002);
  }
});

test("the mean of many sentences stays as it is, and that of few is shrunk", (t) => {
  const mean = [1, -2];
  t.is(shrinkMean(mean, 256), mean);
  t.deepEqual(shrinkMean(mean, 128), [128 / 144, (-2 * 128) / 144]);
  t.deepEqual([isFew(255), isFew(256)], [true, false]);
});

test("few neighbours count among few sentences, never more than there are, and k where it was asked for", (t) => {
  t.is(averagingAmong(1, 4, true).neighbours, 1);
  t.is(averagingAmong(64, 4, true).neighbours, 1 + 3 * (64 / 136));
  t.is(averagingAmong(3, 60_000, true).neighbours, 3);
  t.is(averagingAmong(256, 4, true).neighbours, 4);
  t.deepEqual(averagingAmong(3, 4, false), averagingAmong(1000, 4, true));
});

/** x0 has four neighbours among 64; what is below 0.1 · (1 − 64/256) = 0.075 counts as that. y0 has x0 alone. */
const neighbours = [
  [0, 0, 0.75, 1, 1],
  [0, 1, 0.5, 2, 1],
  [0, 2, 0.25, 3, 1],
  [0, 3, -0.5, 4, 1],
] as const;

test("the last neighbour counts in part, and less than nothing in common as nothing", (t) => {
  const among = (targets: number) =>
    scoreMargin({ ...candidatesOf(neighbours, { sources: 1, targets, k: 4 }), boundedK: true }, "distance")
      .values[0];
  // Of 64: 2.41 neighbours. Of 128: 1 + 3 · 128 / (128 + 48), and 0.05 at least.
  const [a, b] = [(3 * 64) / 136 - 1, (3 * 128) / 176 - 2];
  const close = (found: number, mean: number) => t.true(Math.abs(found - (0.75 - (mean + 0.75) / 2)) < 1e-12);
  close(among(64), (0.75 + 0.5 + 0.25 * a) / (2 + a));
  close(among(128), (0.75 + 0.5 + 0.25 + 0.05 * b) / (3 + b));
  close(among(256), (0.75 + 0.5 + 0.25 - 0.5) / 4);
});

test("a pair that has nothing in common, nor anything near, has a score among few sentences", (t) => {
  const alone = candidatesOf([[0, 0, -0.01, 1, 1]], { sources: 1, targets: 1, k: 1 });
  t.is(scoreMargin(alone, "ratio").dropped, 1);
  const { values, dropped } = scoreMargin({ ...alone, boundedK: true }, "ratio");
  t.is(dropped, 0);
  t.true(values[0] < 0 && values[0] > -0.2);
});

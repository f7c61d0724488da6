import test from "ava";
import { chooseThresholds } from "../../src/report/choose-thresholds.js";
import { niceStep } from "../../src/report/nice-step.js";

test("a step is 1, 2 or 5 times a power of ten, and the next one that is not smaller", (t) => {
  t.deepEqual(niceStep(0.0031), { step: 0.005, decimals: 3 });
  t.deepEqual(niceStep(0.005), { step: 0.005, decimals: 3 });
  t.deepEqual(niceStep(0.7), { step: 1, decimals: 0 });
  t.deepEqual(niceStep(0.11), { step: 0.2, decimals: 1 });
  t.deepEqual(niceStep(3000), { step: 5000, decimals: 0 });
});

test("thresholds are round, the first keeps every score and the last at least one", (t) => {
  const scores = Float64Array.from({ length: 1001 }, (_, i) => 0.9003 + i / 1000);
  const { thresholds, decimals, range } = chooseThresholds(scores);
  t.is(decimals, 3);
  t.is(thresholds[0], 0.9);
  t.is(thresholds.at(-1), 1.9);
  t.is(thresholds[1], 0.905);
  t.deepEqual(range, [0.9, 1.905]);
  t.is(thresholds.length, 201);
});

test("a score that is far from all others does not widen the steps, and is still kept or left out", (t) => {
  const scores = Float64Array.from([-5000, ...Array.from({ length: 100 }, (_, i) => 1 + i / 100), 1e6]);
  const { thresholds, range } = chooseThresholds(scores);
  t.is(thresholds[0], -5000);
  t.is(thresholds.at(-1), 1e6);
  t.true(range[0] > -5 && range[1] < 7);
  t.true(thresholds.slice(1, -1).every((threshold) => threshold >= range[0] && threshold <= range[1]));
});

test("equal scores, and one score, are one threshold", (t) => {
  t.deepEqual(chooseThresholds(Float64Array.of(1.25, 1.25, 1.25)), {
    thresholds: [1.25],
    decimals: 2,
    range: [1.25, 1.25],
  });
  t.deepEqual(chooseThresholds(Float64Array.of(-3)).thresholds, [-3]);
  t.deepEqual(chooseThresholds(Float64Array.of(1.262758)), {
    thresholds: [1.2627],
    decimals: 4,
    range: [1.2627, 1.2627],
  });
});

test("scores that differ in their last digits have thresholds that keep them all", (t) => {
  const scores = Float64Array.of(1.0000000001, 1.0000000002);
  const { thresholds } = chooseThresholds(scores);
  t.true(thresholds[0] <= scores[0]);
});

test("the first threshold as it is written keeps a score a hair below a round number", (t) => {
  const { thresholds, decimals } = chooseThresholds(Float64Array.of(0.9 - 1e-13, 1, 1.1, 1.2));
  t.is(Number(thresholds[0].toFixed(decimals)), 0.899);
});

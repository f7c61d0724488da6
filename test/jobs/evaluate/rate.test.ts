import test from "ava";
import { meanFigure, measure, measureGain, unitsOf } from "../../../src/jobs/evaluate/rate.js";

const coins = (heads: number, of: number) => unitsOf(Array.from({ length: of }, (_, i) => i < heads));
const half = measure(coins(500, 1000), true);

test("the interval of a mean of independent rates is as narrow as theirs together", (t) => {
  const { value, interval } = meanFigure([half, half, half, half], [0, 1, 2, 3]);
  t.is(value, 0.5);
  // Normal approximation: half a width is 1.96 · √(0.25 / 1000 / 4).
  const expected = 1.96 * Math.sqrt(0.25 / 4000);
  t.true(Math.abs((interval!.high - interval!.low) / 2 / expected - 1) < 0.15, JSON.stringify(interval));
});

test("rates of the same sentences are sampled together, so their mean is no surer than each", (t) => {
  t.deepEqual(meanFigure([half, half], [0, 0]).interval, half.figure.interval);
});

test("a mean of gains has the interval of paired samples; of a gain of nothing it is nothing", (t) => {
  const same = measureGain(coins(30, 100), coins(30, 100), true);
  t.deepEqual(meanFigure([same, same], [0, 1]), { value: 0, interval: { low: 0, high: 0 } });
});

test("where no interval was asked for, or one figure has none, the mean has none", (t) => {
  t.deepEqual(meanFigure([measure(coins(1, 2), false), half], [0, 1]), { value: 0.5 });
  t.is(meanFigure([measureGain(coins(1, 2), coins(1, 2), false)], [0]).interval, undefined);
});

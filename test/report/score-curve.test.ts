import test from "ava";
import type { MeasuredPairs } from "../../src/report/measured-pairs.js";
import { barsOf, scoreCurve } from "../../src/report/score-curve.js";

const measured = (scores: number[], words = scores.map(() => 1)): MeasuredPairs => ({
  scores: Float64Array.from(scores),
  words: { source: Uint32Array.from(words), target: Uint32Array.from(words, (count) => 2 * count) },
  characters: { source: new Uint32Array(scores.length), target: new Uint32Array(scores.length) },
});

test("each threshold keeps the pairs whose score is not lower, with their words", (t) => {
  const curve = scoreCurve(measured([1, 1.5, 1.5, 2, 1.2], [10, 20, 30, 40, 50]));
  const at = (threshold: number) => {
    const place = curve.thresholds.indexOf(threshold);
    return [curve.pairs[place], curve.words.source[place], curve.words.target[place]];
  };
  t.deepEqual(at(1), [5, 150, 300]);
  t.deepEqual(at(1.2), [4, 140, 280]);
  t.deepEqual(at(1.5), [3, 90, 180]);
  t.deepEqual(at(2), [1, 40, 80]);
});

test("bars have every pair once, those that are too far to be drawn in the outermost", (t) => {
  const scores = [...Array.from({ length: 300 }, (_, i) => i / 100), 1e5, -1e5];
  const curve = scoreCurve(measured(scores));
  const bars = barsOf(curve);
  t.true(bars.length <= 61);
  t.is(
    bars.reduce((sum, { pairs }) => sum + pairs, 0),
    302,
  );
  const [low, high] = curve.range;
  t.true(bars.every(({ from, to }) => from >= low && to <= high && from < to));
});

test("one pair is one bar", (t) => {
  const curve = scoreCurve(measured([1.2]));
  t.deepEqual(barsOf(curve), [{ from: 1.2, to: 1.2, pairs: 1 }]);
});

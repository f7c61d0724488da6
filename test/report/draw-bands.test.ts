import test from "ava";
import { drawBands } from "../../src/report/draw-bands.js";

const curve = {
  thresholds: Array.from({ length: 101 }, (_, i) => i / 100),
  range: [0, 1] as const,
};

test("as many pairs are drawn from each of ten bands, whatever they have", (t) => {
  // A thousand pairs in the lowest band, ten in each other one.
  const scores = Float64Array.from([
    ...Array.from({ length: 1000 }, (_, i) => i / 10_001),
    ...Array.from({ length: 90 }, (_, i) => 0.1 + 0.1 * Math.floor(i / 10) + 0.005 * (i % 10)),
  ]);
  const bands = drawBands(scores, curve, 40);
  t.deepEqual(
    bands.map(({ pairs }) => pairs),
    [1000, ...new Array(9).fill(10)],
  );
  t.true(bands.every(({ drawn }) => drawn.length === 4));
  for (const { from, to, drawn } of bands)
    for (const pair of drawn) t.true(scores[pair] >= from - 1e-9 && scores[pair] < to);
});

test("the same pairs are drawn every time, from all over a band, the highest score first", (t) => {
  const scores = Float64Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000) / 50_001);
  const [band] = drawBands(scores, curve, 1000);
  t.deepEqual(band.drawn, drawBands(scores, curve, 1000)[0].drawn);
  t.is(band.drawn.length, 100);
  const drawn = band.drawn.map((pair) => scores[pair]);
  t.deepEqual(
    drawn,
    [...drawn].sort((a, b) => b - a),
  );
  // The mean of a hundred of 0 to 0.1 is within four of its standard errors.
  const mean = drawn.reduce((sum, score) => sum + score, 0) / 100;
  t.true(Math.abs(mean - 0.05) < 0.012, String(mean));
});

test("a band without pairs is left out, and what is far away belongs to the outermost", (t) => {
  const bands = drawBands(Float64Array.of(-9, 0.05, 0.95, 77), curve, 10);
  t.deepEqual(
    bands.map(({ pairs, drawn }) => [pairs, drawn.length]),
    [
      [2, 1],
      [2, 1],
    ],
  );
});

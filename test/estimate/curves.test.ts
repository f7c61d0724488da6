import test from "ava";
import { neverRising } from "../../src/estimate/never-rising.js";
import { orderValues, weightedQuantiles } from "../../src/estimate/ordered-values.js";
import { fitRightCurve, rightLogDensity } from "../../src/estimate/right-curve.js";
import { johnsonLogDensity, placeCurve } from "../../src/estimate/wrong-curve.js";

const ones = (size: number) => new Float64Array(size).fill(1);

/** The moments of a density by the trapezium rule. */
function momentsOf(logDensity: (x: number) => number, low: number, high: number) {
  const step = (high - low) / 200_000;
  let [mass, mean, square, cube] = [0, 0, 0, 0];
  for (let x = low; x <= high; x += step) {
    const weight = Math.exp(logDensity(x)) * step;
    mass += weight;
    mean += weight * x;
    square += weight * x * x;
    cube += weight * x ** 3;
  }
  const deviation = Math.sqrt(square - mean * mean);
  return { mass, mean, deviation, skew: (cube - 3 * mean * square + 2 * mean ** 3) / deviation ** 3 };
}

test("values that rise are pooled into their weighted mean with those above them", (t) => {
  t.deepEqual([...neverRising(Float64Array.of(3, 1, 2), ones(3))], [3, 1.5, 1.5]);
  t.deepEqual([...neverRising(Float64Array.of(1, 2, 3), ones(3))], [2, 2, 2]);
  t.deepEqual([...neverRising(Float64Array.of(1, 2), Float64Array.of(3, 1))], [1.25, 1.25]);
  t.deepEqual([...neverRising(Float64Array.of(5, 4, 4.5, 1), Float64Array.of(1, 0, 2, 1))], [5, 4.5, 4.5, 1]);
});

test("weighted quantiles stand in the middle of each value's weight", (t) => {
  // Middles: 1 at 1/8, 2 at 4/8, 4 at 7/8 of the weight.
  const ordered = orderValues(Float64Array.of(4, 1, Number.NaN, 2));
  const quantiles = weightedQuantiles(
    ordered,
    Float64Array.of(1, 1, 9, 2),
    [0.125, 0.3125, 0.5, 0.875, 0.99],
  );
  t.deepEqual(quantiles, [1, 1.5, 2, 4, 4]);
});

test("the curve of right pairs has the moments of its values, and leans to the right at most", (t) => {
  const leaning = Float64Array.of(1, 1.1, 1.1, 1.2, 1.2, 1.2, 1.4, 1.5);
  const curve = fitRightCurve(leaning, ones(8));
  const { mass, mean, deviation, skew } = momentsOf(rightLogDensity(curve), -1, 5);
  t.true(Math.abs(mass - 1) < 1e-6);
  t.true(Math.abs(mean - 9.7 / 8) < 1e-6);
  t.true(Math.abs(deviation - curve.deviation) < 1e-6);
  t.true(Math.abs(skew - curve.skew) < 1e-4);
  t.true(curve.skew > 0.3 && curve.skew <= 0.5);
  t.is(
    fitRightCurve(
      leaning.map((x) => -x),
      ones(8),
    ).skew,
    0,
  );
});

test("the curve of wrong pairs has a mass of one, the median of its values, and nearly their spread", (t) => {
  const values = Float64Array.from({ length: 1001 }, (_, i) => 1 + ((i - 500) / 5000) * (i > 500 ? 1.5 : 1));
  const curve = placeCurve(orderValues(values), ones(1001));
  const below = (end: number) => momentsOf(johnsonLogDensity(curve), -3, end).mass;
  t.true(Math.abs(below(9) - 1) < 1e-3);
  t.true(Math.abs(below(values[500]) - 0.5) < 1e-3);
  t.true(Math.abs(below(values[900]) - below(values[100]) - 0.8) < 0.03);
});

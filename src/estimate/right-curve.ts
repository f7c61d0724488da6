/** A normal curve, or one that leans to the right as a logarithmic normal one does. */
export interface RightCurve {
  mean: number;
  deviation: number;
  /** The third standardised moment, from 0 to 0.5. */
  skew: number;
}

/** More would reach into the wrong pairs' scores with its steep left side, or be drawn by a few very high scores. */
const MOST_SKEW = 0.5;

/** Below this a lean cannot be seen. */
const LEAST_SKEW = 0.01;

/** The curve that has the mean, the deviation and, within its bounds, the lean of weighted values. */
export function fitRightCurve(values: Float64Array, weights: Float64Array): RightCurve {
  let [total, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    total += weights[i];
    sum += weights[i] * values[i];
  }
  const mean = sum / total;
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const away = values[i] - mean;
    const square = weights[i] * away * away;
    squares += square;
    cubes += square * away;
  }
  const deviation = Math.max(Math.sqrt(squares / total), Number.EPSILON);
  const skew = Math.min(MOST_SKEW, Math.max(0, cubes / total / deviation ** 3));
  return { mean, deviation, skew };
}

/** The logarithm of the curve's density, as a function: what a curve has in common for all values is found once. */
export function rightLogDensity({ mean, deviation, skew }: RightCurve): (x: number) => number {
  if (skew < LEAST_SKEW) {
    const constant = -Math.log(deviation * Math.sqrt(2 * Math.PI));
    return (x) => constant - 0.5 * ((x - mean) / deviation) ** 2;
  }
  const spread = spreadOfSkew(skew);
  const sigma = Math.sqrt(Math.log(spread));
  const scale = deviation / Math.sqrt(spread * (spread - 1));
  const start = mean - scale * Math.sqrt(spread);
  const constant = -Math.log(sigma * Math.sqrt(2 * Math.PI));
  return (x) => {
    if (x <= start) return Number.NEGATIVE_INFINITY;
    const z = Math.log((x - start) / scale) / sigma;
    return constant - Math.log(x - start) - 0.5 * z * z;
  };
}

/** w = exp(σ²) of the logarithmic normal curve whose skew (w + 2) · √(w − 1) is given: the root of w³ + 3w² − 4 = skew². */
function spreadOfSkew(skew: number): number {
  const half = 1 + skew ** 2 / 2;
  const root = skew * Math.sqrt(1 + skew ** 2 / 4);
  return Math.cbrt(half + root) + Math.cbrt(half - root) - 1;
}

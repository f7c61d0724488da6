import type { OrderedValues } from "./ordered-values.js";
import { weightedQuantiles } from "./ordered-values.js";

/** Johnson's unbounded curve (1949): γ + δ · asinh((x − place) / width) is normally distributed. */
export interface JohnsonCurve extends Shape {
  place: number;
  width: number;
}

/** How such a curve leans (γ), and how light its tails are (δ). */
interface Shape {
  gamma: number;
  delta: number;
}

/** The tenth, the half and nine tenths of a normal distribution. */
const SHARES = [0.1, 0.5, 0.9];
const NORMAL = [-1.2815515655446004, 0, 1.2815515655446004];

/** What best choices among wrong ones look like, with many encoders: they lean to the right a little. */
const USUAL: Shape = { gamma: -0.45, delta: 1.85 };

/** How many log-likelihoods a shape costs that is as far from the usual one as e is from 1 (δ), or 1 from 0 (γ). */
const STRENGTH = { gamma: 100, delta: 200 };

const SHAPES: readonly Shape[] = [1.3, 1.5, 1.7, 1.85, 2.1, 2.4, 2.8].flatMap((delta) =>
  [-0.7, -0.45, -0.2].map((gamma) => ({ gamma, delta })),
);

/** The curve of this shape that has the values' quantiles at 0.1, 0.5 and 0.9, as far as place and width allow. */
export function placeCurve(
  ordered: OrderedValues,
  weights: Float64Array,
  shape: Shape = USUAL,
): JohnsonCurve {
  return through(weightedQuantiles(ordered, weights, SHARES), shape);
}

/** The curve that is likeliest, among shapes near the usual one: few values move it little. */
export function shapeCurve(ordered: OrderedValues, weights: Float64Array): JohnsonCurve {
  const quantiles = weightedQuantiles(ordered, weights, SHARES);
  let [best, most] = [through(quantiles, USUAL), Number.NEGATIVE_INFINITY];
  for (const shape of SHAPES) {
    const curve = through(quantiles, shape);
    const density = johnsonLogDensity(curve);
    let likelihood =
      -STRENGTH.delta * Math.log(shape.delta / USUAL.delta) ** 2 -
      STRENGTH.gamma * (shape.gamma - USUAL.gamma) ** 2;
    for (let i = 0; i < ordered.values.length; i++)
      likelihood += weights[ordered.places[i]] * density(ordered.values[i]);
    if (likelihood > most) [best, most] = [curve, likelihood];
  }
  return best;
}

/** The logarithm of the curve's density, as a function: what a curve has in common for all values is found once. */
export function johnsonLogDensity({ gamma, delta, place, width }: JohnsonCurve): (x: number) => number {
  const constant = Math.log(delta / width) - 0.5 * Math.log(2 * Math.PI);
  return (x) => {
    const z = (x - place) / width;
    const normal = gamma + delta * Math.asinh(z);
    return constant - 0.5 * (Math.log1p(z * z) + normal * normal);
  };
}

function through([low, middle, high]: number[], shape: Shape): JohnsonCurve {
  const [a, b, c] = NORMAL.map((z) => Math.sinh((z - shape.gamma) / shape.delta));
  const width = Math.max((high - low) / (c - a), Number.EPSILON);
  return { ...shape, width, place: middle - width * b };
}

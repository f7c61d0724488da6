import test from "ava";
import { decimalBetween } from "../../src/statistics/decimal-between.js";

for (const [lower, upper, decimal] of [
  [1.2601, 1.262758, 1.2627],
  [1.26272, 1.262758, 1.26275],
  [1.262757, 1.262758, 1.262758],
  [1.2, 1.25, 1.25],
  [Number.NEGATIVE_INFINITY, -0.12341, -0.1235],
  [-0.1235, -0.123412, -0.12342],
  [0, 1e-30, 1e-30],
  [1, 1 + Number.EPSILON, 1 + Number.EPSILON],
])
  test(`${decimal} is above ${lower} and not above ${upper}, in as few digits as can be`, (t) => {
    t.is(decimalBetween(lower, upper), decimal);
  });

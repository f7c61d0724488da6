import test from "ava";
import { bootstrap, pairedBootstrap, rateOf } from "../../src/evaluate/bootstrap.js";

const coins = (hits: number, of: number) =>
  Array.from({ length: of }, (_, i) => ({ numerator: i < hits ? 1 : 0, denominator: 1 }));

test("a rate is the ratio of both sums", (t) => {
  t.is(
    rateOf([
      { numerator: 2, denominator: 2 },
      { numerator: 0, denominator: 3 },
    ]),
    2 / 5,
  );
});

test("the interval of a proportion is near its normal approximation", (t) => {
  // p = 0.3 of 1,000: 0.3 ± 1.96 · √(0.3 · 0.7 / 1000) = 0.3 ± 0.0284.
  const { low, high } = bootstrap(coins(300, 1000));
  t.true(Math.abs(low - 0.2716) < 0.005);
  t.true(Math.abs(high - 0.3284) < 0.005);
});

test("the same units give the same interval", (t) => {
  t.deepEqual(bootstrap(coins(30, 100)), bootstrap(coins(30, 100)));
});

test("a system compared with itself gains nothing, for certain", (t) => {
  t.deepEqual(pairedBootstrap(coins(30, 100), coins(30, 100)), { low: 0, high: 0 });
});

test("a system that is better on a third of the sentences and never worse gains that third", (t) => {
  const { low, high } = pairedBootstrap(coins(200, 300), coins(100, 300));
  // 1/3 ± 1.96 · √(1/3 · 2/3 / 300) = 1/3 ± 0.053.
  t.true(Math.abs(low - 0.28) < 0.015);
  t.true(Math.abs(high - 0.387) < 0.015);
});

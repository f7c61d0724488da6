import test from "ava";
import { weighBands } from "../../src/report/judged-precision.js";
import { wilson } from "../../src/statistics/wilson.js";

const close = (actual: number, expected: number, digits = 4) => Math.abs(actual - expected) < 10 ** -digits;

test("intervals are those of Newcombe (1998), table I, method 3", (t) => {
  for (const [right, judged, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]) {
    const share = wilson(right, judged)!;
    t.true(
      close(share.low, low) && close(share.high, high),
      `${right}/${judged}: ${share.low} ${share.high}`,
    );
  }
  t.is(wilson(0, 0), undefined);
});

test("one band is weighed as it is, and a band that nobody judged says nothing", (t) => {
  const own = wilson(7, 10)!;
  const weighed = weighBands([
    { pairs: 500, judged: 10, right: 7 },
    { pairs: 9000, judged: 0, right: 0 },
  ])!;
  t.true(
    close(weighed.value, own.value, 9) && close(weighed.low, own.low, 9) && close(weighed.high, own.high, 9),
  );
  t.is(weighBands([{ pairs: 5, judged: 0, right: 0 }]), undefined);
});

test("bands weigh what they have pairs, and their intervals are joined by MOVER", (t) => {
  // 900 pairs with 10 of 10 right, 100 with 0 of 10: Wilson's bounds are 0.72247 and 0.27753.
  const { value, low, high } = weighBands([
    { pairs: 900, judged: 10, right: 10 },
    { pairs: 100, judged: 10, right: 0 },
  ])!;
  t.true(close(value, 0.9));
  t.true(close(low, 0.9 - 0.9 * (1 - 0.72247)), String(low));
  t.true(close(high, 0.9 + 0.1 * 0.27753), String(high));
});

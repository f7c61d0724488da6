import test from "ava";
import { adequacyOf, lengthAgreement, lengthRatio, medianOf } from "../../src/score/adequacy.js";

test("lengths are told in code points, and a blank side has no ratio", (t) => {
  t.is(lengthRatio("ab", "abc"), 1.5);
  t.is(lengthRatio("😀😀", "a"), 0.5);
  t.true(Number.isNaN(lengthRatio("", "a")));
  t.true(Number.isNaN(lengthRatio("a", "")));
});

test("a pair that is as long as usual agrees, one half or twice as long by half", (t) => {
  t.is(lengthAgreement(1.2, 1.2), 1);
  t.is(lengthAgreement(0.6, 1.2), 0.5);
  t.is(lengthAgreement(2.4, 1.2), 0.5);
});

test("a cosine is less by what one side has too much; a negative one is not made higher", (t) => {
  t.is(adequacyOf(0.8, 0.5), 0.4);
  t.is(adequacyOf(-0.8, 0.5), -0.8);
});

test("the median leaves out what is no number", (t) => {
  t.is(medianOf(Float32Array.of(3, Number.NaN, 1, 2)), 2);
  t.is(medianOf(Float32Array.of(4, 1, 2, 3)), 2.5);
  t.true(Number.isNaN(medianOf(Float32Array.of())));
});

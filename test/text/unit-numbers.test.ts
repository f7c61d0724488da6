import test from "ava";
import { UnitNumbers } from "../../src/text/unit-numbers.js";

test("different parts are numbered from 1 on as they come, those beyond 16 bits too", (t) => {
  const numbers = new UnitNumbers();
  numbers.begin();
  t.deepEqual(
    [7, 0x1f600, 7, 0, 0x1f600].map((part) => numbers.add(part)),
    [1, 2, 1, 3, 2],
  );
  t.is(numbers.count, 3);
  t.deepEqual(
    [0, 7, 0x1f600, 8, 0xf600].map((part) => numbers.of(part)),
    [3, 1, 2, 0, 0],
  );
});

test("a text knows nothing of the one before", (t) => {
  const numbers = new UnitNumbers();
  for (const text of [
    [1, 2, 0x1f600],
    [3, 1],
  ]) {
    numbers.begin();
    for (const part of text) numbers.add(part);
  }
  t.deepEqual(
    [1, 2, 3, 0x1f600].map((part) => numbers.of(part)),
    [2, 0, 1, 0],
  );
});

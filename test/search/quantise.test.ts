import test from "ava";
import { quantise } from "../../src/search/quantise.js";
import { randomNumbers } from "../random.js";

const ofOne = (data: Float32Array) => ({ rows: data.length, dimensions: 1, data });

test("numbers are scaled, rounded with halves up, clipped and moved to the code of 0", (t) => {
  const values = Float32Array.of(0, 0.5, -0.5, 1.5, -1.5, 1.25, -1.75, 3.9, 100, -100);
  const signed = new Int8Array(values.length);
  quantise(ofOne(values), signed, { scale: 1, steps: 4, zero: 0 });
  t.deepEqual([...signed], [0, 1, 0, 2, -1, 1, -2, 4, 4, -4]);
  const unsigned = new Uint8Array(values.length);
  quantise(ofOne(values), unsigned, { scale: 2, steps: 4, zero: 64 });
  t.deepEqual([...unsigned], [64, 65, 63, 67, 61, 67, 61, 68, 68, 60]);
});

for (const count of [1, 16, 21, 16_384, 40_001])
  test(`all of ${count} numbers become codes, and nothing beside them changes`, (t) => {
    const next = randomNumbers(count);
    const values = Float32Array.from({ length: count }, () => next() - 0.5);
    const codes = new Int8Array(count + 2).fill(99);
    quantise(ofOne(values), codes.subarray(1, count + 1), { scale: 300, steps: 127, zero: 0 });
    const expected = Array.from(values, (value) =>
      Math.max(-127, Math.min(127, Math.floor(value * 300 + 0.5))),
    );
    t.deepEqual([...codes], [99, ...expected, 99]);
  });

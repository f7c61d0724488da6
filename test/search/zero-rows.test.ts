import test from "ava";
import { dropZeroRows } from "../../src/search/zero-rows.js";

const reject = (row: number) => new Error(`row ${row}`);

test("dropZeroRows moves the other rows together and tells which they were", (t) => {
  const data = Float32Array.of(0, 0, 1, 2, 0, 0, 0, -3);
  const { vectors, rowNumbers } = dropZeroRows({ rows: 4, dimensions: 2, data }, reject);
  t.deepEqual([...vectors.data], [1, 2, 0, -3]);
  t.is(vectors.rows, 2);
  t.deepEqual([...rowNumbers], [1, 3]);
});

for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`dropZeroRows names the row that holds ${value}`, (t) => {
    const data = Float32Array.of(1, 0, 0, value);
    t.throws(() => dropZeroRows({ rows: 2, dimensions: 2, data }, reject), { message: "row 1" });
  });
}

import test from "ava";
import { dropZeroRows } from "../../src/search/zero-rows.js";

test("dropZeroRows moves the other rows together and tells which they were", (t) => {
  const data = Float32Array.of(0, 0, 1, 2, 0, 0, 0, -3);
  const { vectors, rowNumbers } = dropZeroRows({ rows: 4, dimensions: 2, data });
  t.deepEqual([...vectors.data], [1, 2, 0, -3]);
  t.is(vectors.rows, 2);
  t.deepEqual([...rowNumbers], [1, 3]);
});

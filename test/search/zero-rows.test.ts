import test from "ava";
import { inMemory } from "../../src/search/in-memory.js";
import { dropZeroRows, passZeroRows } from "../../src/search/zero-rows.js";

test("dropZeroRows moves the other rows together and tells which they were", (t) => {
  const data = Float32Array.of(0, 0, 1, 2, 0, 0, 0, -3);
  const { vectors, rowNumbers } = dropZeroRows({ rows: 4, dimensions: 2, data });
  t.deepEqual([...vectors.read(0, 2)], [1, 2, 0, -3]);
  t.is(vectors.rows, 2);
  t.deepEqual([...rowNumbers], [1, 3]);
});

test("passZeroRows gives the same rows without moving any", (t) => {
  const data = Float32Array.of(0, 0, 1, 2, 0, 0, 0, -3);
  const { vectors, rowNumbers } = passZeroRows(inMemory({ rows: 4, dimensions: 2, data }));
  t.deepEqual([...vectors.read(0, 2)], [1, 2, 0, -3]);
  t.deepEqual([...vectors.read(1, 2)], [0, -3]);
  t.deepEqual([...rowNumbers], [1, 3]);
  t.deepEqual([...data], [0, 0, 1, 2, 0, 0, 0, -3]);
});

import test from "ava";
import { cosinesOfPairs } from "../../src/search/pair-cosines.js";
import { dropZeroRows } from "../../src/search/zero-rows.js";

test("each given pair has the cosine of its rows, in any order; a row of zeros has none", (t) => {
  const source = dropZeroRows({ rows: 4, dimensions: 2, data: Float32Array.of(1, 0, 0, 0, 0, 1, 0.6, 0.8) });
  const target = dropZeroRows({ rows: 2, dimensions: 2, data: Float32Array.of(0, 1, 1, 0) });
  const none = 0xffffffff;
  const pairs = { source: Uint32Array.of(3, 0, 1, 2, 0, none), target: Uint32Array.of(0, 1, 1, 0, none, 1) };
  const expected = [0.8, 1, Number.NaN, 1, Number.NaN, Number.NaN].map(Math.fround);
  t.deepEqual([...cosinesOfPairs(source, target, pairs)], expected);
});

import test from "ava";
import { meanOfRows } from "../../src/embed/mean.js";
import { centreRows } from "../../src/search/centre.js";

/** Rows (1, 0), (0, 1) and one without any feature: their mean is (½, ½). */
const rows = () => Float32Array.of(1, 0, 0, 0, 0, 1);

test("the mean leaves out rows of zeros", async (t) => {
  const matrix = { rows: 3, read: async (start: number, end: number) => rows().subarray(2 * start, 2 * end) };
  t.deepEqual(await meanOfRows(matrix, 2), [0.5, 0.5]);
});

test("centring subtracts the mean and makes rows unit length again; rows of zeros stay", (t) => {
  const data = rows();
  centreRows({ rows: 3, dimensions: 2, data }, [0.5, 0.5]);
  const half = Math.SQRT1_2;
  const expected = [half, -half, 0, 0, -half, half];
  t.true(data.every((value, i) => Math.abs(value - expected[i]) < 1e-6));
});

import { addRow } from "./matrix.js";
import type { FastTextModel } from "./read-model.js";

/** Adds one row to a sum, and counts it: from `at` on a sum has as many numbers as a row, and then how many it is of. */
export function countRow(
  { input, dimensions }: FastTextModel,
  row: number,
  sum: Float32Array,
  at: number,
): void {
  addRow(input, row, sum, at);
  sum[at + dimensions]++;
}

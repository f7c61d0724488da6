import type { Table } from "../table.js";

/** A table that is held as it was read: rows × dimensions float32 numbers. */
export class FloatTable implements Table {
  /** @param mapping the row of each feature, where several share one */
  constructor(
    readonly values: Float32Array,
    readonly dimensions: number,
    private readonly mapping?: ArrayLike<number>,
  ) {}

  addRow(feature: number, weight: number, sum: Float32Array, start: number): void {
    const { values, dimensions, mapping } = this;
    const from = (mapping ? mapping[feature] : feature) * dimensions;
    for (let i = 0; i < dimensions; i++) sum[start + i] += weight * values[from + i];
  }
}

import { addFloatRows, type Table, type Weigh } from "../table.js";

/** A table that is held as it was read: rows × dimensions float32 numbers. */
export class FloatTable implements Table {
  /** @param mapping the row of each feature, where several share one */
  constructor(
    readonly values: Float32Array,
    readonly dimensions: number,
    private readonly mapping?: ArrayLike<number>,
  ) {}

  addRows(features: ArrayLike<number>, weightOf: Weigh, sum: Float32Array): void {
    const { mapping } = this;
    if (!mapping) {
      addFloatRows(this, features, weightOf, sum);
      return;
    }
    for (let i = 0; i < features.length; i++) {
      const weight = weightOf(features[i]);
      addFloatRows(this, [mapping[features[i]]], () => weight, sum);
    }
  }
}

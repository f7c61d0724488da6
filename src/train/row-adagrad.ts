const EPSILON = 1e-8;

/**
 * Adagrad (Duchi, Hazan, Singer 2011) with one accumulator a row, the sum over the steps of the mean of the row's
 * squared gradient: row −= rate · gradient / (√accumulator + 1e-8). Rows without a gradient stay as they are.
 */
export class RowAdagrad {
  /**
   * @param table rows × dimensions, changed in place
   * @param accumulators one a row of the table; those of an earlier training to go on from it
   */
  constructor(
    private readonly table: Float32Array,
    private readonly dimensions: number,
    readonly accumulators: Float32Array = new Float32Array(table.length / dimensions),
  ) {}

  /**
   * @param rows which rows of the table have a gradient, each once
   * @param gradients rows.length × dimensions
   */
  step(rows: Int32Array, gradients: Float32Array, rate: number): void {
    const { table, dimensions, accumulators } = this;
    for (let i = 0; i < rows.length; i++) {
      const from = i * dimensions;
      const to = rows[i] * dimensions;
      accumulators[rows[i]] += sumOfSquares(gradients, from, from + dimensions) / dimensions;
      const factor = rate / (Math.sqrt(accumulators[rows[i]]) + EPSILON);
      for (let j = 0; j < dimensions; j++) table[to + j] -= factor * gradients[from + j];
    }
  }
}

/** Four sums run side by side: one alone would wait for each addition before the next. */
function sumOfSquares(values: Float32Array, start: number, end: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    a += values[i] * values[i];
    b += values[i + 1] * values[i + 1];
    c += values[i + 2] * values[i + 2];
    d += values[i + 3] * values[i + 3];
  }
  for (; i < end; i++) a += values[i] * values[i];
  return a + b + (c + d);
}

/** Rows of a matrix that can be read again. */
export interface ReadableRows {
  readonly rows: number;
  read(start: number, end: number): Promise<Float32Array>;
}

const BLOCK = 4096;

/** The mean of all rows that are not zero; zeros if there is none. Sums run in float64, in the order of the rows. */
export async function meanOfRows(matrix: ReadableRows, dimensions: number): Promise<number[]> {
  const sums = new Float64Array(dimensions);
  let filled = 0;
  for (let first = 0; first < matrix.rows; first += BLOCK) {
    const values = await matrix.read(first, Math.min(first + BLOCK, matrix.rows));
    for (let start = 0; start < values.length; start += dimensions) {
      let zero = true;
      for (let i = 0; i < dimensions; i++) {
        sums[i] += values[start + i];
        if (values[start + i] !== 0) zero = false;
      }
      if (!zero) filled++;
    }
  }
  return Array.from(sums, (sum) => (filled === 0 ? 0 : sum / filled));
}

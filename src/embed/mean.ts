import type { VectorBlock } from "../types/vectors.js";

/** Rows of a matrix that can be read again. */
export interface ReadableRows {
  readonly rows: number;
  read(start: number, end: number): Promise<Float32Array>;
}

const BLOCK = 4096;

/**
 * The mean of all rows that are not zero; zeros if there is none. Sums run in float64, in the order of the rows.
 *
 * @param blocks parts of a row that come from several encoders: each part has a mean of its own over the rows in which
 *   it is not zero
 */
export async function meanOfRows(
  matrix: ReadableRows,
  dimensions: number,
  blocks: readonly Pick<VectorBlock, "dimensions">[] = [{ dimensions }],
): Promise<number[]> {
  const sums = new Float64Array(dimensions);
  const filled = blocks.map(() => 0);
  for (let first = 0; first < matrix.rows; first += BLOCK) {
    const values = await matrix.read(first, Math.min(first + BLOCK, matrix.rows));
    for (let row = 0; row < values.length; row += dimensions) {
      let start = 0;
      for (const [block, { dimensions: width }] of blocks.entries()) {
        let zero = true;
        for (let i = start; i < start + width; i++) {
          sums[i] += values[row + i];
          if (values[row + i] !== 0) zero = false;
        }
        if (!zero) filled[block]++;
        start += width;
      }
    }
  }
  const counts = blocks.flatMap(({ dimensions: width }, block) =>
    new Array<number>(width).fill(filled[block]),
  );
  return Array.from(sums, (sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]));
}

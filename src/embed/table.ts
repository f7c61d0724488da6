/** Rows of numbers that a text's features choose. */
export interface Table {
  readonly dimensions: number;
  /** Adds the rows, each times its weight, to `sum`, which is as long as a row. */
  addRows(rows: ArrayLike<number>, weightOf: Weigh, sum: Float32Array): void;
}

/** What a row counts. */
export type Weigh = (row: number) => number;

const UNWEIGHED: Weigh = () => 1;

/** Adds four rows at once: so many reads can be under way, and the sum is read and written once for all of them. */
type AddFour = (rows: Four, weights: Four) => void;
type Four = [number, number, number, number];

/** Adds any number of rows four at a time; what is lacking to the last four counts nothing. */
export function addByFours(rows: ArrayLike<number>, weightOf: Weigh, add: AddFour): void {
  const four: Four = [0, 0, 0, 0];
  const weights: Four = [0, 0, 0, 0];
  for (let first = 0; first < rows.length; first += 4) {
    for (let i = 0; i < 4; i++) {
      const isThere = first + i < rows.length;
      four[i] = rows[isThere ? first + i : first];
      weights[i] = isThere ? weightOf(four[i]) : 0;
    }
    add(four, weights);
  }
}

/** A table that holds rows of float32 numbers, row-major. */
export interface FloatRows {
  readonly values: Float32Array;
  readonly dimensions: number;
}

/** Adds rows of float32 numbers, each times its weight. */
export function addFloatRows(
  { values, dimensions }: FloatRows,
  rows: ArrayLike<number>,
  weightOf: Weigh,
  sum: Float32Array,
): void {
  const add: AddFour = (four, [w, x, y, z]) => {
    const [a, b, c, d] = four.map((row) => row * dimensions);
    for (let i = 0; i < dimensions; i++)
      sum[i] += w * values[a + i] + x * values[b + i] + y * values[c + i] + z * values[d + i];
  };
  addByFours(rows, weightOf, add);
}

/**
 * For each text the sum of its features' rows.
 *
 * @param features row numbers of each text
 * @returns texts × dimensions; zeros for a text without features
 */
export function sumRows(
  features: readonly ArrayLike<number>[],
  table: Table,
  weightOf: Weigh = UNWEIGHED,
): Float32Array {
  const { dimensions } = table;
  const sums = new Float32Array(features.length * dimensions);
  for (const [text, rows] of features.entries())
    table.addRows(rows, weightOf, sums.subarray(text * dimensions, (text + 1) * dimensions));
  return sums;
}

/** Rows of numbers that a text's features choose. */
export interface Table {
  readonly dimensions: number;
  /** Adds `weight` times the row to the numbers of `sum` from `start`. */
  addRow(row: number, weight: number, sum: Float32Array, start: number): void;
}

/**
 * For each text the sum of its features' rows.
 *
 * @param features row numbers of each text
 * @param weightOf what a row counts; 1 by default
 * @returns texts × dimensions; zeros for a text without features
 */
export function sumRows(
  features: readonly ArrayLike<number>[],
  table: Table,
  weightOf: (feature: number) => number = () => 1,
): Float32Array {
  const { dimensions } = table;
  const sums = new Float32Array(features.length * dimensions);
  for (const [text, rows] of features.entries())
    for (let i = 0; i < rows.length; i++) table.addRow(rows[i], weightOf(rows[i]), sums, text * dimensions);
  return sums;
}

import type { Vectors } from "../types.js";

/**
 * Subtracts the mean of a side from each of its rows and gives them length 1 again, in place; rows of zeros stay.
 *
 * What all vectors of a side have in common tells nothing about which pairs translate each other.
 */
export function centreRows({ data, dimensions }: Vectors, mean: readonly number[]): void {
  for (let start = 0; start < data.length; start += dimensions) {
    const row = data.subarray(start, start + dimensions);
    if (row.every((value) => value === 0)) continue;
    let squares = 0;
    for (let i = 0; i < dimensions; i++) {
      row[i] -= mean[i];
      squares += row[i] * row[i];
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let i = 0; i < dimensions; i++) row[i] *= scale;
  }
}

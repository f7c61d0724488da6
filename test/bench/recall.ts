import type { Neighbours } from "../../src/types/neighbours.js";

/** The share of the true neighbours that were found, of the first `k` of each row. */
export function recall(found: Neighbours, truth: Neighbours): number {
  let hits = 0;
  for (let row = 0; row < truth.rows; row++) {
    const list = found.indices.subarray(row * found.k, row * found.k + truth.k);
    for (const index of truth.indices.subarray(row * truth.k, (row + 1) * truth.k))
      if (list.includes(index)) hits++;
  }
  return hits / truth.indices.length;
}

import type { Neighbours } from "../types/neighbours.js";
import type { VectorRows } from "../types/vectors.js";
import { CODINGS } from "./coding.js";
import { searchExact } from "./exact.js";
import { evenPlaces } from "./ranges.js";
import { reorder } from "./reorder.js";
import { rescore } from "./rescore.js";

const TYPE = "int8";

/** How much of what there is to find was found. */
export interface SampledRecall {
  /** Rows that were looked up among all of the other side. */
  rows: number;
  /** The share of their k nearest that were found. */
  recall: number;
}

/**
 * Looks up some rows of a side, at even distances, among all of the other, and compares. The neighbours that were found
 * may be more than k of a row, and in any order.
 */
export async function sampleRecall(
  { k: slots, indices }: Neighbours,
  rows: VectorRows,
  others: VectorRows,
  { sample, k, threads, signal }: { sample: number; k: number; threads?: number; signal?: AbortSignal },
): Promise<SampledRecall> {
  const count = Math.min(sample, rows.rows);
  const asked = evenPlaces(count, rows.rows);
  const vectors = reorder(rows, asked);
  const options = { k: k + CODINGS[TYPE].extra, type: TYPE, forwardOnly: true, threads, signal } as const;
  const { forward } = await searchExact(vectors, others, options);
  const truth = rescore(forward, vectors, others, { k });
  let hits = 0;
  for (const [i, row] of asked.entries()) {
    const found = indices.subarray(row * slots, (row + 1) * slots);
    for (const index of truth.indices.subarray(i * truth.k, (i + 1) * truth.k))
      if (found.includes(index)) hits++;
  }
  return { rows: count, recall: truth.indices.length === 0 ? 1 : hits / truth.indices.length };
}

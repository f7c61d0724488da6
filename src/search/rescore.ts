import { type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";
import type { VectorRows } from "../types/vectors.js";
import { Dots } from "./dots.js";
import { roomToRead } from "./read-into.js";

/** Rows read at once beside the held ones. */
const READ_ROWS = 4096;

export interface RescoreOptions {
  /** Neighbours to keep of each row. */
  k: number;
  /** Pairs that count as not there, as (row, other side's row). @default none */
  excluded?: (row: number, other: number) => boolean;
  /** Rows of the other side that are held; fewer need more passes over this one. @default all */
  heldRows?: number;
}

/**
 * Gives every neighbour its exact cosine, orders them anew and keeps as many as are wanted.
 *
 * Sums run in one fixed order in float64 and are rounded to float32 once, so the result does not depend on how the
 * neighbours were found. Equal cosines stand in the order of their indices. Memory: the held rows, and 4 bytes a
 * neighbour that was found.
 */
export function rescore(
  found: Neighbours,
  rows: VectorRows,
  others: VectorRows,
  { k: wanted, excluded = () => false, heldRows = others.rows }: RescoreOptions,
): Neighbours {
  const exact = exactCosines(found, rows, others, heldRows);
  const k = Math.min(wanted, found.k);
  const indices = new Uint32Array(found.rows * k).fill(NO_NEIGHBOUR);
  const cosines = new Float32Array(found.rows * k).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < found.rows; row++) {
    const slots: number[] = [];
    for (let slot = row * found.k; slot < (row + 1) * found.k; slot++) {
      const index = found.indices[slot];
      if (index !== NO_NEIGHBOUR && !excluded(row, index)) slots.push(slot);
    }
    slots.sort((a, b) => exact[b] - exact[a] || found.indices[a] - found.indices[b]);
    for (let rank = 0; rank < Math.min(k, slots.length); rank++) {
      indices[row * k + rank] = found.indices[slots[rank]];
      cosines[row * k + rank] = exact[slots[rank]];
    }
  }
  return { rows: found.rows, k, indices, cosines };
}

/** The exact cosines of neighbours, where each stands. */
export function exactCosines(
  { indices, k }: Neighbours,
  rows: VectorRows,
  others: VectorRows,
  heldRows: number,
): Float32Array {
  const { dimensions } = rows;
  const exact = new Float32Array(indices.length);
  const [slots, at, products] = [new Uint32Array(k), new Uint32Array(k), new Float32Array(k)];
  const room = roomToRead(Math.min(rows.rows, READ_ROWS), dimensions);
  for (let first = 0; first < others.rows; first += heldRows) {
    const end = Math.min(first + heldRows, others.rows);
    const dots = new Dots({ data: others.read(first, end), dimensions });
    for (let start = 0; start < rows.rows; start += READ_ROWS) {
      const stop = Math.min(start + READ_ROWS, rows.rows);
      const block = { data: rows.read(start, stop, room), dimensions };
      for (let row = start; row < stop; row++) {
        let count = 0;
        for (let slot = row * k; slot < (row + 1) * k; slot++) {
          const index = indices[slot];
          if (index < first || index >= end) continue;
          at[count] = index - first;
          slots[count++] = slot;
        }
        if (count === 0) continue;
        dots.of(block, row - start, at.subarray(0, count), products);
        for (let i = 0; i < count; i++) exact[slots[i]] = products[i];
      }
    }
  }
  return exact;
}

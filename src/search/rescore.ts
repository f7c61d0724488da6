import { type Neighbours, NO_NEIGHBOUR, type Vectors } from "../types.js";

/**
 * Gives every neighbour its exact cosine, orders them anew and keeps as many as are wanted.
 *
 * Sums run in one fixed order in float64 and are rounded to float32 once, so the result does not depend on how the
 * neighbours were found. Equal cosines stand in the order of their indices.
 *
 * @param excluded pairs that count as not there, as (row, other side's row)
 */
export function rescore(
  found: Neighbours,
  rows: Vectors,
  others: Vectors,
  wanted: number,
  excluded: (row: number, other: number) => boolean = () => false,
): Neighbours {
  const k = Math.min(wanted, found.k);
  const indices = new Uint32Array(found.rows * k).fill(NO_NEIGHBOUR);
  const cosines = new Float32Array(found.rows * k).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < found.rows; row++) {
    const scored: { index: number; cosine: number }[] = [];
    for (let slot = row * found.k; slot < (row + 1) * found.k; slot++) {
      const index = found.indices[slot];
      if (index === NO_NEIGHBOUR || excluded(row, index)) continue;
      scored.push({ index, cosine: Math.fround(dot(rows, row, others, index)) });
    }
    scored.sort((a, b) => b.cosine - a.cosine || a.index - b.index);
    for (const [rank, { index, cosine }] of scored.slice(0, k).entries()) {
      indices[row * k + rank] = index;
      cosines[row * k + rank] = cosine;
    }
  }
  return { rows: found.rows, k, indices, cosines };
}

/** The inner product of two rows. Four running sums: the order is fixed, and the processor need not wait for each. */
function dot(left: Vectors, leftRow: number, right: Vectors, rightRow: number): number {
  const { dimensions } = left;
  const a = left.data;
  const b = right.data;
  let i = leftRow * dimensions;
  let j = rightRow * dimensions;
  const end = i + dimensions;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; i + 3 < end; i += 4, j += 4) {
    s0 += a[i] * b[j];
    s1 += a[i + 1] * b[j + 1];
    s2 += a[i + 2] * b[j + 2];
    s3 += a[i + 3] * b[j + 3];
  }
  for (; i < end; i++, j++) s0 += a[i] * b[j];
  return s0 + s1 + (s2 + s3);
}

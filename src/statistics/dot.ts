import type { Vectors } from "../types/vectors.js";

/** Rows that were read at once. */
export type Block = Pick<Vectors, "data" | "dimensions">;

/** The inner product of two rows. Four running sums: the order is fixed, and the processor need not wait for each. */
export function dot(
  { data: a, dimensions }: Block,
  row: number,
  { data: b }: Pick<Block, "data">,
  other: number,
): number {
  let [i, j] = [row * dimensions, other * dimensions];
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

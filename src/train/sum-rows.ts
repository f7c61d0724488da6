import { type Bags, countBags } from "./bags.js";

/**
 * For each of the bags from `first` to before `end` the sum of its rows of `matrix`.
 *
 * Four rows are added at a time, in float64, before the sum is rounded to float32: that many reads can be under way at
 * once. The order is that of the pieces, whatever the machine.
 *
 * @param matrix row-major, `dimensions` a row
 * @param into takes the sums, row-major, from its start
 * @returns the part of `into` that was filled: (end − first) × dimensions
 */
export function sumRows(
  matrix: Float32Array,
  dimensions: number,
  bags: Bags,
  {
    first = 0,
    end = countBags(bags),
    into = new Float32Array((end - first) * dimensions),
  }: { first?: number; end?: number; into?: Float32Array } = {},
): Float32Array {
  const sums = into.subarray(0, (end - first) * dimensions).fill(0);
  const { pieces, offsets } = bags;
  for (let bag = first; bag < end; bag++) {
    const to = (bag - first) * dimensions;
    const last = offsets[bag + 1];
    let piece = offsets[bag];
    for (; piece + 4 <= last; piece += 4) {
      const a = pieces[piece] * dimensions;
      const b = pieces[piece + 1] * dimensions;
      const c = pieces[piece + 2] * dimensions;
      const d = pieces[piece + 3] * dimensions;
      for (let i = 0; i < dimensions; i++) {
        sums[to + i] += matrix[a + i] + matrix[b + i] + matrix[c + i] + matrix[d + i];
      }
    }
    for (; piece < last; piece++) {
      const row = pieces[piece] * dimensions;
      for (let i = 0; i < dimensions; i++) sums[to + i] += matrix[row + i];
    }
  }
  return sums;
}

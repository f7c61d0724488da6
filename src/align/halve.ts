import { type RowStore, windowsOf } from "./row-store.js";

/** Vectors in order, some at a time: in each window but the last an even number. */
export type VectorWindows = Iterable<Float32Array> | AsyncIterable<Float32Array>;

/**
 * Makes vectors of half as many rows: the sum of each two, less the mean of all, of unit length (Thompson & Koehn 2019). The
 * last of an odd number is left out.
 *
 * @param halves takes them; it has room for half as many rows
 */
export async function halve(vectors: VectorWindows, halves: RowStore): Promise<void> {
  const mean = new Float64Array(halves.dimensions);
  let row = 0;
  for await (const window of vectors) {
    const sums = sumPairs(window, mean);
    halves.write(row, sums);
    row += sums.length / halves.dimensions;
  }
  for (let d = 0; d < mean.length; d++) mean[d] /= halves.rows;
  row = 0;
  for (const window of windowsOf(halves)) {
    centre(window, mean);
    halves.write(row, window);
    row += window.length / halves.dimensions;
  }
}

/** @param total what the sums are added to */
function sumPairs(vectors: Float32Array, total: Float64Array): Float32Array {
  const dimensions = total.length;
  const rows = Math.floor(vectors.length / dimensions / 2);
  const sums = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const [at, from] = [row * dimensions, 2 * row * dimensions];
    for (let d = 0; d < dimensions; d++) {
      const sum = vectors[from + d] + vectors[from + dimensions + d];
      sums[at + d] = sum;
      total[d] += sum;
    }
  }
  return sums;
}

function centre(vectors: Float32Array, mean: Float64Array): void {
  for (let at = 0; at < vectors.length; at += mean.length) {
    let squares = 0;
    for (let d = 0; d < mean.length; d++) {
      const value = vectors[at + d] - mean[d];
      vectors[at + d] = value;
      squares += value * value;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let d = 0; d < mean.length; d++) vectors[at + d] *= scale;
  }
}

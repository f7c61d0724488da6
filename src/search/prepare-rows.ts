import { eachPiece, kernelOf, type RowKernel } from "../runtime/rows/row-kernel.js";
import type { VectorBlock, Vectors } from "../types/vectors.js";
import type { Range } from "./ranges.js";

export interface Preparation {
  /**
   * Subtracted from every row: what all vectors of a side have in common tells nothing about which pairs translate
   * each other.
   */
  mean?: readonly number[];
  /** Parts of a row that come from different encoders: each is made comparable by itself, then weighted. */
  blocks?: readonly VectorBlock[];
}

/**
 * Makes raw vectors comparable, in place: centred if a mean is given, and of unit length. Rows of zeros stay, and rows
 * that have their length already do not change by a bit.
 */
export function prepareRows(vectors: Vectors, { mean, blocks }: Preparation = {}): void {
  const { dimensions } = vectors;
  const widths = blocks ?? [{ dimensions, weight: 1 }];
  const prepare = (kernel: RowKernel, at: number, { first, end }: Range) => {
    const count = end - first;
    let before = 0;
    for (const { dimensions: width, weight } of widths) {
      const block = at + before * Float32Array.BYTES_PER_ELEMENT;
      const means = kernel.mean.byteOffset + before * Float64Array.BYTES_PER_ELEMENT;
      if (mean) kernel.subtract(block, count, dimensions, width, means);
      kernel.scale(block, count, dimensions, width, Math.sqrt(weight));
      before += width;
    }
    if (blocks) kernel.scale(at, count, dimensions, dimensions, 1);
  };
  if (mean) kernelOf(vectors.data, dimensions).mean.set(mean);
  eachPiece(vectors, prepare, { changes: true });
}

import type { VectorBlock, Vectors } from "../types/vectors.js";

/** How far a row's squared length may be from its target for the row to stay as it is. */
const TOLERANCE = 1e-5;

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
export function prepareRows({ data, dimensions }: Vectors, { mean, blocks }: Preparation = {}): void {
  const widths = blocks ?? [{ dimensions, weight: 1 }];
  for (let start = 0; start < data.length; start += dimensions) {
    let first = start;
    for (const { dimensions: width, weight } of widths) {
      const block = data.subarray(first, first + width);
      if (mean && block.some((value) => value !== 0)) subtract(block, mean, first - start);
      scaleTo(block, Math.sqrt(weight));
      first += width;
    }
    if (blocks) scaleTo(data.subarray(start, start + dimensions), 1);
  }
}

function subtract(block: Float32Array, mean: readonly number[], offset: number): void {
  for (let i = 0; i < block.length; i++) block[i] -= mean[offset + i];
}

function scaleTo(block: Float32Array, length: number): void {
  let squares = 0;
  for (let i = 0; i < block.length; i++) squares += block[i] * block[i];
  if (squares === 0 || Math.abs(squares - length * length) <= TOLERANCE * length * length) return;
  const scale = length / Math.sqrt(squares);
  for (let i = 0; i < block.length; i++) block[i] *= scale;
}

import { eachPiece, type RowKernel } from "../runtime/rows/row-kernel.js";
import type { Vectors } from "../types/vectors.js";
import type { Range } from "./ranges.js";

export interface QuantiseOptions {
  scale: number;
  /** What is farther from 0 is clipped, once it is scaled. */
  steps: number;
  /** The code of 0. */
  zero: number;
}

/** Makes each number a code of 8 bits: scaled, clipped, rounded to a whole number, halves up. */
export function quantise(
  vectors: Vectors,
  codes: Uint8Array | Int8Array,
  { scale, steps, zero }: QuantiseOptions,
): void {
  const { dimensions } = vectors;
  const into = new Uint8Array(codes.buffer, codes.byteOffset, codes.length);
  const encode = (kernel: RowKernel, at: number, { first, end }: Range) => {
    const count = (end - first) * dimensions;
    kernel.quantise(at, count, scale, steps, zero, kernel.codes.byteOffset);
    into.set(kernel.codes.subarray(0, count), first * dimensions);
  };
  eachPiece(vectors, encode, { changes: false });
}

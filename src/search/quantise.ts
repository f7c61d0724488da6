import { type Kernel, loadKernel } from "./threads/load-kernel.js";

/** Numbers that are copied to the kernel's memory at once; they stay in the cache of a core. */
const PIECE = 16_384;
/** What the kernel writes beyond the last code. */
const BEYOND = 16;

export interface QuantiseOptions {
  scale: number;
  /** What is farther from 0 is clipped, once it is scaled. */
  steps: number;
  /** The code of 0. */
  zero: number;
}

/** Makes each number a code of 8 bits: scaled, clipped, rounded to a whole number, halves up. */
export function quantise(
  values: Float32Array,
  codes: Uint8Array | Int8Array,
  { scale, steps, zero }: QuantiseOptions,
): void {
  opened ??= open();
  const { kernel, numbers, bytes } = opened;
  const into = new Uint8Array(codes.buffer, codes.byteOffset, codes.length);
  for (let first = 0; first < values.length; first += PIECE) {
    const piece = values.subarray(first, first + PIECE);
    numbers.set(piece);
    kernel.quantise(numbers.byteOffset, piece.length, scale, steps, zero, bytes.byteOffset);
    into.set(bytes.subarray(0, piece.length), first);
  }
}

interface Opened {
  kernel: Kernel;
  numbers: Float32Array;
  bytes: Uint8Array;
}

/** The same each time, since every kernel reserves addresses for far more than it takes. */
let opened: Opened | undefined;

function open(): Opened {
  const kernel = loadKernel(PIECE + BEYOND + (PIECE + BEYOND) / 4);
  const numbers = kernel.take(Float32Array, PIECE + BEYOND);
  const { buffer, byteOffset } = kernel.take(Uint32Array, (PIECE + BEYOND) / 4);
  return { kernel, numbers, bytes: new Uint8Array(buffer, byteOffset, PIECE + BEYOND) };
}

import { readFileSync } from "node:fs";
import type { Vectors } from "../../types/vectors.js";

/** Where something is in a kernel's memory. */
type Address = number;

/** Stands in the source folder, since the compiler copies none. */
const MODULE = new URL("../../../../src/runtime/rows/rows.wasm", import.meta.url);
const PAGE_BYTES = 65_536;
/** Addresses have 32 bits. */
const MOST_BYTES = 2 ** 32;
/** Every memory reserves addresses for far more than it takes: not one for each few rows. */
const LEAST_BYTES = 2 ** 20;
/** Numbers that are worked at at once; they stay in the cache of a core. */
const PIECE = 16_384;
/** What may be read and written beyond the last number, and the last code. */
const BEYOND_BYTES = 64;
/** Products with one row at once. */
export const DOTS_AT_ONCE = 64;

/** `rows.c`, of which `compile-wasm.sh` makes a module, with memory for rows and for what is done with them. */
export interface RowKernel {
  /** Room for rows; theirs where they lie here. */
  readonly rows: Float32Array;
  readonly mean: Float64Array;
  readonly row: Float32Array;
  readonly codes: Uint8Array;
  /** Addresses of others, and the row's products with them: `DOTS_AT_ONCE`. */
  readonly others: Uint32Array;
  readonly found: Float32Array;
  firstNotFinite(values: Address, count: number): number;
  subtract(rows: Address, count: number, stride: number, width: number, mean: Address): void;
  scale(rows: Address, count: number, stride: number, width: number, length: number): void;
  quantise(values: Address, count: number, scale: number, steps: number, zero: number, codes: Address): void;
  dots(row: Address, others: Address, count: number, dimensions: number, found: Address): void;
}

type Functions = Omit<RowKernel, "rows" | "mean" | "row" | "codes" | "others" | "found">;

let compiled: WebAssembly.Module | undefined;
/** Those that hold rows. */
const holding = new WeakMap<ArrayBufferLike, RowKernel>();
/** For rows that lie elsewhere: of as many dimensions as there have been. */
let copying: RowKernel | undefined;

/**
 * Room for rows that much is done with: in a kernel's memory, so that nothing is copied there; elsewhere where they are few,
 * or take more than 4 GiB.
 */
export function roomForRows(rows: number, dimensions: number): Float32Array {
  const bytes = rows * dimensions * Float32Array.BYTES_PER_ELEMENT;
  if (bytes < LEAST_BYTES || bytes + scratchBytes(dimensions) > MOST_BYTES)
    return new Float32Array(rows * dimensions);
  const kernel = openKernel(rows * dimensions, dimensions);
  holding.set(kernel.rows.buffer, kernel);
  return kernel.rows;
}

/** The kernel in whose memory some rows lie; else one that they have to be copied to. */
export function kernelOf({ buffer }: Float32Array, dimensions: number): RowKernel {
  const own = holding.get(buffer);
  if (own && own.row.length >= dimensions) return own;
  if (!copying || copying.row.length < dimensions)
    copying = openKernel(Math.max(PIECE, DOTS_AT_ONCE * dimensions), dimensions);
  return copying;
}

/**
 * Works at rows piece by piece, where they lie or as copies, which are copied back if they change.
 *
 * @param work is told where a piece is in the kernel's memory, and which rows it is
 */
export function eachPiece(
  { data, dimensions, rows }: Vectors,
  work: (kernel: RowKernel, at: Address, rows: { first: number; end: number }) => void,
  { changes }: { changes: boolean },
): void {
  const kernel = kernelOf(data, dimensions);
  const isHeld = kernel.rows.buffer === data.buffer;
  const atOnce = Math.max(1, Math.floor(PIECE / dimensions));
  for (let first = 0; first < rows; first += atOnce) {
    const range = { first, end: Math.min(first + atOnce, rows) };
    const piece = data.subarray(first * dimensions, range.end * dimensions);
    if (isHeld) work(kernel, piece.byteOffset, range);
    else {
      kernel.rows.set(piece);
      work(kernel, kernel.rows.byteOffset, range);
      if (changes) piece.set(kernel.rows.subarray(0, piece.length));
    }
  }
}

/** What a kernel's memory has beside rows. */
const scratchBytes = (dimensions: number) =>
  PAGE_BYTES + 12 * dimensions + 8 * DOTS_AT_ONCE + Math.max(PIECE, dimensions) + 4 * BEYOND_BYTES;

function openKernel(numbers: number, dimensions: number): RowKernel {
  compiled ??= new WebAssembly.Module(readFileSync(MODULE));
  const bytes = scratchBytes(dimensions) + numbers * Float32Array.BYTES_PER_ELEMENT;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const { buffer } = memory;
  // The first page has the module's stack.
  let next = PAGE_BYTES;
  const take = (bytes: number) => {
    const start = next;
    next += Math.ceil(bytes / 16) * 16;
    return start;
  };
  return {
    ...(exports as unknown as Functions),
    mean: new Float64Array(buffer, take(8 * dimensions), dimensions),
    row: new Float32Array(buffer, take(4 * dimensions), dimensions),
    others: new Uint32Array(buffer, take(4 * DOTS_AT_ONCE), DOTS_AT_ONCE),
    found: new Float32Array(buffer, take(4 * DOTS_AT_ONCE), DOTS_AT_ONCE),
    codes: new Uint8Array(
      buffer,
      take(Math.max(PIECE, dimensions) + BEYOND_BYTES),
      Math.max(PIECE, dimensions),
    ),
    rows: new Float32Array(buffer, take(4 * numbers), numbers),
  };
}

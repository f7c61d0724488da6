import { closeSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";
import { openSum, type Sum } from "../files/checksum.js";
import { readFullySync, readUpToSync } from "../files/whole-io.js";

export const KEY_BYTES = 16;
export const SUM_BYTES = 8;

/** The checksums' file begins with the dimensions, and with the same number, each of its bits turned. */
export const HEAD_BYTES = 8;

/** What stands in the place of the checksum of a row that was written before rows had any. */
export const UNKNOWN = 0n;

/** The checksum of a key and its row, which is never `UNKNOWN`. */
export function sumOfRow(sum: Sum, key: Uint8Array, row: Uint8Array): bigint {
  return sum(key, row) || 1n;
}

export function headOf(dimensions: number): Uint8Array {
  return bytesOf(Uint32Array.of(dimensions, ~dimensions));
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** How the rows of a folder stand. */
export interface RowCounts {
  sound: number;
  damaged: number;
  /** Written before rows had checksums, or more than their checksums. */
  unverified: number;
}

/** Checks every row of a folder that `KeyedRows` wrote, without changing anything. */
export async function checkRows(folder: string): Promise<RowCounts> {
  const sum = await openSum();
  using keys = openFile(join(folder, "keys"));
  using rows = openFile(join(folder, "rows"));
  const count = Math.floor(keys.size / KEY_BYTES);
  const counts: RowCounts = { sound: 0, damaged: 0, unverified: 0 };
  const sums = readSums(join(folder, "sums"));
  if (!sums) return { ...counts, unverified: count };
  const key = new Uint8Array(KEY_BYTES);
  const row = new Uint8Array(sums.dimensions * Float32Array.BYTES_PER_ELEMENT);
  for (let number = 0; number < count; number++) {
    readFullySync(keys.file, key, number * KEY_BYTES);
    const read = readUpToSync(rows.file, row, number * row.length);
    const known = sums.values[number] ?? UNKNOWN;
    if (read < row.length) counts.damaged++;
    else if (known === UNKNOWN) counts.unverified++;
    else if (known === sumOfRow(sum, key, row)) counts.sound++;
    else counts.damaged++;
  }
  return counts;
}

/** The checksums of all rows; without a sound head, those of no row can be told from one another's. */
function readSums(path: string): { dimensions: number; values: BigUint64Array } | undefined {
  try {
    using sums = openFile(path);
    const head = new Uint32Array(2);
    readFullySync(sums.file, bytesOf(head), 0);
    if (head[0] !== ~head[1] >>> 0) return undefined;
    const values = new BigUint64Array(Math.floor((sums.size - HEAD_BYTES) / SUM_BYTES));
    readFullySync(sums.file, bytesOf(values), HEAD_BYTES);
    return { dimensions: head[0], values };
  } catch {
    return undefined;
  }
}

function openFile(path: string): { file: number; size: number } & Disposable {
  const file = openSync(path, "r");
  return { file, size: fstatSync(file).size, [Symbol.dispose]: () => closeSync(file) };
}

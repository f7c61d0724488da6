import { type FileHandle, open } from "node:fs/promises";
import { readUpTo } from "./whole-io.js";
import { openXxhash } from "./xxhash.js";

/** What tells whether a file is still as it was written. */
export interface FileSum {
  bytes: number;
  /** XXH64 of its content, 16 hexadecimal digits. */
  xxh64: string;
}

/** XXH64 of some bytes, one after the other. */
export type Sum = (...parts: readonly Uint8Array[]) => bigint;

export async function openSum(): Promise<Sum> {
  const { create64 } = await openXxhash();
  return (...parts) => {
    const hash = create64();
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
}

const BLOCK_BYTES = 2 ** 17;

/** Reads a file through once. Memory: 128 KiB. */
export async function sumFile(path: string): Promise<FileSum> {
  const file = await open(path);
  try {
    return await sumOpened(file);
  } finally {
    await file.close();
  }
}

async function sumOpened(file: FileHandle): Promise<FileSum> {
  const hash = (await openXxhash()).create64();
  const { size } = await file.stat();
  const block = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, size + 1));
  for (let bytes = 0; ; ) {
    const read = await readUpTo(file, block, bytes);
    hash.update(block.subarray(0, read));
    bytes += read;
    if (read < block.length) return { bytes, xxh64: toHex(hash.digest()) };
  }
}

/** 16 hexadecimal digits. */
export function toHex(sum: bigint): string {
  return sum.toString(16).padStart(16, "0");
}

import { InputError } from "../../errors.js";
import type { Wording } from "../../wording.js";
import { type Sum, toHex } from "../files/checksum.js";
import type { NpyFile } from "./npy-file.js";

/** Bytes of a block: a reader of a few rows checks little more than these. */
const BLOCK_BYTES = 2 ** 20;

/** Checksums of a file in blocks, so that who reads a share of it checks that share alone. */
export interface BlockSums {
  /** Of each block but the last. */
  bytes: number;
  /** XXH64 of each, 16 hexadecimal digits. */
  xxh64: readonly string[];
}

/** Reads a file through once. Memory: a block. */
export function sumBlocks({ size, readBytes }: NpyFile, sum: Sum): BlockSums {
  const xxh64: string[] = [];
  for (let start = 0; start < size; start += BLOCK_BYTES)
    xxh64.push(toHex(sum(readBytes(start, Math.min(start + BLOCK_BYTES, size)))));
  return { bytes: BLOCK_BYTES, xxh64 };
}

/**
 * Checks those blocks of a file that some bytes lie in, each once.
 *
 * @param advice what to do if one is damaged
 * @returns what checks the bytes from `start` up to `end`; it throws an InputError if a block is not as it was written
 */
export function blockChecker(
  { path, size, readBytes }: NpyFile,
  { bytes, xxh64 }: BlockSums,
  { sum, advice }: { sum: Sum; advice: Wording },
): (start: number, end: number) => void {
  const sound = new Set<number>();
  return (start, end) => {
    for (let block = Math.floor(start / bytes); block * bytes < end; block++) {
      if (sound.has(block)) continue;
      const [first, last] = [block * bytes, Math.min((block + 1) * bytes, size)];
      if (toHex(sum(readBytes(first, last))) !== xxh64[block])
        throw new InputError(
          { path },
          `is damaged: its bytes ${first} to ${last} are not those that were written.`,
          { advice },
        );
      sound.add(block);
    }
  };
}

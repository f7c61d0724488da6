import { readFileSync, writeFileSync } from "node:fs";

/** Turns one bit of a file, counted from its beginning, as a failing disk does. */
export function flipBit(path: string, bit: number): void {
  const bytes = readFileSync(path);
  bytes[bit >> 3] ^= 1 << (bit & 7);
  writeFileSync(path, bytes);
}

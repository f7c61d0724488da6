/**
 * Two hashes of a word, taken byte by byte, that together tell it from others: FNV-1a over signed bytes, by which fastText
 * hashes, and one of our own.
 */
export const HASH_START = 0x811c9dc5 | 0;
export const CHECK_START = 0;

const FNV_PRIME = 16777619;
const CHECK_PRIME = 0x85ebca6b | 0;

export function addToHash(hash: number, byte: number): number {
  return Math.imul(hash ^ ((byte << 24) >> 24), FNV_PRIME);
}

export function addToCheck(check: number, byte: number): number {
  return Math.imul(((check << 5) | (check >>> 27)) ^ byte, CHECK_PRIME);
}

/** Both hashes of a word in UTF-8. */
export function hashWord(bytes: Uint8Array): [hash: number, check: number] {
  return [bytes.reduce(addToHash, HASH_START), bytes.reduce(addToCheck, CHECK_START)];
}

import type { Window } from "./window.js";

/** The skippable frame that holds the dictionary of all others (IIPC, "Use of Zstandard Compression in WARC", 1.0). */
const DICTIONARY_FRAME = 0x184d2a5d;
const HEAD_BYTES = 8;
/** zstd's own are 110 KiB; a longer one is skipped like any skippable frame. */
export const MAX_DICTIONARY_BYTES = 16 * 1024 * 1024;

/** Takes the dictionary that a .warc.zst may begin with, as it is there; undefined if there is none. */
export async function takeDictionary(window: Window): Promise<Buffer | undefined> {
  if (!(await window.hold(HEAD_BYTES)) || window.bytes.readUInt32LE(0) !== DICTIONARY_FRAME) return undefined;
  const length = window.bytes.readUInt32LE(4);
  if (length > MAX_DICTIONARY_BYTES || !(await window.hold(HEAD_BYTES + length))) return undefined;
  const dictionary = Buffer.from(window.bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  window.drop(HEAD_BYTES + length);
  return dictionary;
}

import { isUtf8 } from "node:buffer";
import { normalizeEncoding } from "@exodus/bytes/encoding.js";
import { detect } from "jschardet";

const SAMPLE_BYTES = 16 * 1024;

/** The character set that bytes look like: UTF-8 if they are valid, else the likeliest, else windows-1252. */
export function detectCharset(bytes: Buffer): string {
  if (isUtf8(bytes)) return "utf-8";
  // The sample is taken where letters beyond ASCII are: a page may begin with long scripts.
  const first = Math.max(0, bytes.findIndex((byte) => byte >= 0x80) - SAMPLE_BYTES / 4);
  const { encoding } = detect(bytes.subarray(first, first + SAMPLE_BYTES));
  return (encoding && normalizeEncoding(encoding)) || "windows-1252";
}

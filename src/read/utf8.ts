import { isAscii, isUtf8, transcode } from "node:buffer";
import { option, say, type Wording } from "../wording.js";
import { SKIP } from "./faults.js";
import { isControl } from "./is-control.js";

/** The text of bytes; each that is no UTF-8 becomes U+FFFD. Beyond ASCII it takes a fifth of the time of `toString`. */
export function textOfUtf8(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString("latin1");
  return isUtf8(bytes) ? transcode(bytes, "utf8", "ucs2").toString("ucs2") : bytes.toString("utf8");
}

/** The offset of the first byte that does not belong to UTF-8, in bytes known to hold one; else their length. */
export function findInvalidUtf8(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const end = at + characterBytes(bytes[at]);
    if (!isUtf8(bytes.subarray(at, end))) return at;
    at = end;
  }
  return bytes.length;
}

/** The length of `bytes` without a last character that has only begun. */
export function completeUtf8Length(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.length - (characterBytes(byte) > back ? back : 0);
  }
  return bytes.length;
}

/** What to do about {@link describeInvalidUtf8}. */
export const INVALID_UTF8_ADVICE = say`Convert the file to UTF-8, or pass ${SKIP}.`;

const BINARY = say`It holds bytes that no text has. If these are vectors without a header, as LASER writes them, mine them with ${option("vectors", "raw")} and ${option("dimensions")}.`;

/** The same, with what it may be that these bytes hold. */
export function adviseInvalidUtf8(bytes: Buffer): Wording {
  return bytes.some(isControl) ? BINARY : INVALID_UTF8_ADVICE;
}

/** What is wrong with this byte, for an error that knows the place. */
export function describeInvalidUtf8(byte: number): string {
  const hex = byte.toString(16).toUpperCase().padStart(2, "0");
  return `invalid UTF-8 (0x${hex}).`;
}

function characterBytes(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

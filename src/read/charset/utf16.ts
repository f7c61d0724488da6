import { isUtf8 } from "node:buffer";
import { isControl } from "../is-control.js";
import { completeUtf8Length } from "../utf8.js";

/** Which byte of two comes first. */
export type Utf16 = "utf-16le" | "utf-16be";

const SAMPLE_BYTES = 4096;

/** Pages and lists in the Latin alphabet have more zeros; running Chinese has them for line ends and digits alone. */
const MANY_ZEROS = 1 / 4;
const SOME_ZEROS = 1 / 64;

/** What no text has: control characters and code points that stand for nothing; beyond the first plane come new ones. */
const NOT_WRITTEN = /(?![\s\u{10000}-\u{10ffff}])[\p{Cc}\p{Cn}]/u;

/**
 * Whether bytes are UTF-16, and which: by a byte-order mark, or because every character of their beginning may stand in
 * a text and those of ASCII have their zeros in one place.
 *
 * @param declared what they are said to be: then no zero is needed
 */
export function findUtf16(bytes: Buffer, declared?: Utf16): Utf16 | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, Math.min(bytes.length, SAMPLE_BYTES) & ~1);
  if (declared === undefined && !sample.includes(0)) return undefined;
  const zeros = countZeros(sample);
  const orders: readonly Utf16[] =
    zeros["utf-16le"] >= zeros["utf-16be"] ? ["utf-16le", "utf-16be"] : ["utf-16be", "utf-16le"];
  const isUtf8Too = isUtf8Text(sample);
  return orders.find((order) => {
    const share = zeros[order] / (sample.length / 2);
    const least = isUtf8Too ? MANY_ZEROS : order === declared ? 0 : SOME_ZEROS;
    return share >= least && isWritten(sample, order);
  });
}

/** Whether a sample, but for its zeros, could be UTF-8; Cyrillic in UTF-16 is valid but full of control characters. */
function isUtf8Text(sample: Buffer): boolean {
  const isValid = isUtf8(sample.subarray(0, completeUtf8Length(sample)));
  return isValid && !sample.some((byte) => byte > 0 && isControl(byte));
}

/** The zeros where each order has those of ASCII. */
function countZeros(sample: Buffer): Record<Utf16, number> {
  const zeros = [0, 0];
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) zeros[at & 1]++;
  return { "utf-16be": zeros[0], "utf-16le": zeros[1] };
}

function isWritten(sample: Buffer, order: Utf16): boolean {
  if (sample.length === 0) return false;
  try {
    // As the beginning of a stream, which a pair of surrogates may go beyond.
    const text = new TextDecoder(order, { fatal: true }).decode(sample, { stream: true });
    return !NOT_WRITTEN.test(text);
  } catch {
    return false;
  }
}

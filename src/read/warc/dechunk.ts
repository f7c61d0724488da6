import type { Undone } from "./undo-coding.js";

const LF = 0x0a;
const SIZE = /^[ \t]*([\da-f]{1,8})[ \t]*(?:;.*)?\r?$/i;
/** What may be the beginning of a line with a size. */
const SIZE_BEGUN = /^[ \t]*(?:[\da-f]{1,8}[ \t]*(?:;.*)?)?\r?$/i;

/**
 * The body in a chunked transfer coding (RFC 9112, section 7.1), cut if it ends before the last chunk does. Where no
 * chunk begins, the rest is taken as it is: many crawlers keep the field but undo the coding.
 */
export function dechunk(coded: Buffer): Undone {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < coded.length) {
    const lineEnd = coded.indexOf(LF, at);
    const line = coded.toString("latin1", at, Math.min(lineEnd < 0 ? coded.length : lineEnd, at + 256));
    const size = lineEnd < 0 ? null : SIZE.exec(line);
    if (!size) {
      if (parts.length > 0 && lineEnd < 0 && SIZE_BEGUN.test(line)) break;
      return { bytes: Buffer.concat([...parts, coded.subarray(at)]), cut: false };
    }
    const length = Number.parseInt(size[1], 16);
    if (length === 0) return { bytes: Buffer.concat(parts), cut: false };
    parts.push(coded.subarray(lineEnd + 1, lineEnd + 1 + length));
    at = lineEnd + 1 + length;
    if (coded[at] === 0x0d) at++;
    if (coded[at] === LF) at++;
  }
  return { bytes: Buffer.concat(parts), cut: coded.length > 0 };
}

const LF = 0x0a;
const SIZE = /^[ \t]*([\da-f]{1,8})[ \t]*(?:;.*)?\r?$/i;

/**
 * The body in a chunked transfer coding (RFC 9112, section 7.1). Where no chunk begins, the rest is taken as it is: many
 * crawlers keep the field but undo the coding.
 */
export function dechunk(coded: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < coded.length) {
    const line = coded.indexOf(LF, at);
    const size = line < 0 ? null : SIZE.exec(coded.toString("latin1", at, Math.min(line, at + 256)));
    if (!size) break;
    const length = Number.parseInt(size[1], 16);
    if (length === 0) return Buffer.concat(parts);
    parts.push(coded.subarray(line + 1, line + 1 + length));
    at = line + 1 + length;
    if (coded[at] === 0x0d) at++;
    if (coded[at] === LF) at++;
  }
  parts.push(coded.subarray(at));
  return Buffer.concat(parts);
}

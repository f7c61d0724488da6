const FIXED_BYTES = 10;
const HEAD_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const RESERVED = 0xe0;

/**
 * The length of the head of a gzip member (RFC 1952, section 2.3) that `bytes` begin with.
 *
 * @returns undefined if the head goes on behind `bytes`, 0 if they do not begin as a member does
 */
export function gzipHeadLength(bytes: Buffer): number | undefined {
  if (bytes.length < FIXED_BYTES) return undefined;
  const flags = bytes[3];
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || flags & RESERVED) return 0;
  let length = FIXED_BYTES;
  if (flags & EXTRA) {
    if (bytes.length < length + 2) return undefined;
    length += 2 + bytes.readUInt16LE(length);
  }
  for (const text of [NAME, COMMENT]) {
    if (!(flags & text)) continue;
    const end = bytes.indexOf(0, length);
    if (end < 0) return undefined;
    length = end + 1;
  }
  if (flags & HEAD_CRC) length += 2;
  return length <= bytes.length ? length : undefined;
}

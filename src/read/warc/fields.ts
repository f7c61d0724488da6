const LF = 0x0a;
const CR = 0x0d;

/** The end of the blank line after the header that `bytes` begin with, its lines ended by CRLF or LF; 0 without one. */
export function endOfHeader(bytes: Buffer): number {
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, end + 1)) {
    if (bytes[end + 1] === LF) return end + 2;
    if (bytes[end + 1] === CR && bytes[end + 2] === LF) return end + 3;
  }
  return 0;
}

/** Fields that hold a list, which may go over several lines (RFC 9110, section 5.3). */
const LISTS = new Set(["content-encoding", "transfer-encoding"]);

/**
 * The named fields of a header behind its first line, names in lower case; of several with one name the first, or all
 * where that is a list. A folded value is joined.
 */
export function parseFields(header: string): Map<string, string> {
  const fields = new Map<string, string>();
  const [, ...lines] = header.replaceAll(/\r?\n[ \t]+/g, " ").split("\n");
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (LISTS.has(name)) fields.set(name, `${before},${value}`);
  }
  return fields;
}

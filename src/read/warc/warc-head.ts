import { parseFields } from "./fields.js";
import type { RecordHead, Segment } from "./web-record.js";

/** Every version that is in use, 0.18 to 1.1; all have the same header. */
export const WARC_HEAD = /^WARC\/\d+\.\d+[ \t]*\r?\n/;

/**
 * Reads the header of a WARC record (ISO 28500, section 5), its lines ended by CRLF or LF.
 *
 * @returns the problem, if it gives no length
 */
export function parseWarcHead(head: string): RecordHead | string {
  const fields = parseFields(head);
  const length = fields.get("content-length");
  if (length === undefined) return "the record's header has no Content-Length";
  if (!/^\d{1,15}$/.test(length)) return `Content-Length is ${JSON.stringify(length)}, not a number of bytes`;
  return {
    type: fields.get("warc-type")?.toLowerCase() ?? "",
    // WARC 1.0 writes <…> around addresses in its grammar; some tools do so too.
    url: fields.get("warc-target-uri")?.replace(/^<(.*)>$/s, "$1"),
    id: bareId(fields.get("warc-record-id")),
    contentType: fields.get("content-type")?.toLowerCase() ?? "",
    length: Number(length),
    cut: fields.has("warc-truncated"),
    segment: readSegment(fields),
  };
}

function readSegment(fields: ReadonlyMap<string, string>): Segment | undefined {
  const number = Number(fields.get("warc-segment-number") ?? 0);
  if (!(number >= 1)) return undefined;
  const total = fields.get("warc-segment-total-length");
  return {
    number,
    origin: bareId(fields.get("warc-segment-origin-id")),
    total: total === undefined ? undefined : Number(total),
  };
}

function bareId(id: string | undefined): string | undefined {
  return id?.replace(/^<(?:urn:uuid:)?(.*)>$/s, "$1");
}

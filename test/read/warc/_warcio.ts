import { createHash } from "node:crypto";
import { decodeBody } from "../../../src/read/warc/decode-body.js";
import { endOfHeader } from "../../../src/read/warc/fields.js";
import { parseHttp } from "../../../src/read/warc/http-response.js";
import type { WebRecord } from "../../../src/read/warc/web-record.js";

/** The line of a record of which warcio-table.py takes the digest. */
export async function describeRecord(record: WebRecord): Promise<string> {
  if (record.type === "warcinfo") return record.type;
  return [record.type, record.url ?? "", sha1(await payloadOf(record))].join("\t");
}

export function sha1(data: string | Buffer): string {
  return createHash("sha1").update(data).digest("hex");
}

/** Other addresses than those of HTTP have no HTTP for warcio. */
async function payloadOf({ type, url, block }: WebRecord): Promise<Buffer> {
  if (!url?.startsWith("http")) return block;
  const response = parseHttp(block);
  if (response) return (await decodeBody(response))?.bytes ?? block;
  return type === "request" ? block.subarray(endOfHeader(block) || block.length) : block;
}

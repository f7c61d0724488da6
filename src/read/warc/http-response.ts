import { endOfHeader, parseFields } from "./fields.js";

/** An HTTP response as it was sent. */
export interface HttpResponse {
  status: number;
  fields: Map<string, string>;
  /** With the codings that the fields name. */
  body: Buffer;
}

const STATUS_LINE = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})/;

/** The response that a block holds; undefined if it does not begin with a status line. */
export function parseHttp(block: Buffer): HttpResponse | undefined {
  const status = STATUS_LINE.exec(block.toString("latin1", 0, 32));
  if (!status) return undefined;
  const end = endOfHeader(block) || block.length;
  const fields = parseFields(block.toString("latin1", 0, end));
  return { status: Number(status[1]), fields, body: block.subarray(end) };
}

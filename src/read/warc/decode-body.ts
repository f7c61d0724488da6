import { dechunk } from "./dechunk.js";
import type { HttpResponse } from "./http-response.js";
import { isCoding, type Undone, undoCoding } from "./undo-coding.js";

/** Nobody means more; each may cost as much memory and time as a page may. */
const MAX_CODINGS = 5;

/**
 * The body of a response without its transfer and content codings (RFC 9110, section 8.4), in the reverse of the order
 * in which they are named. One that is not coded as its fields say is taken as it is: many crawlers keep the fields but
 * undo the codings.
 *
 * @returns undefined if it unpacks to more than 16 MiB
 */
export async function decodeBody({ fields, body }: HttpResponse): Promise<Undone | undefined> {
  const codings = [...namesIn(fields.get("content-encoding")), ...namesIn(fields.get("transfer-encoding"))];
  // The length is that of the coded body, which need not be the one that is here.
  if (codings.length === 0) return { bytes: body, cut: body.length < lengthIn(fields) };
  let decoded: Undone = { bytes: body, cut: false };
  for (const coding of codings.reverse().slice(0, MAX_CODINGS)) {
    const next = coding === CHUNKED ? dechunk(decoded.bytes) : await undoCoding(coding, decoded.bytes);
    if (!next) return undefined;
    decoded = { bytes: next.bytes, cut: decoded.cut || next.cut };
  }
  return decoded;
}

const CHUNKED = "chunked";

function namesIn(list = ""): string[] {
  const names = list
    .toLowerCase()
    .split(",")
    .map((name) => name.trim().replace(/^x-/, ""));
  return names.filter((name) => name === CHUNKED || isCoding(name));
}

function lengthIn(fields: HttpResponse["fields"]): number {
  const length = fields.get("content-length") ?? "";
  return /^\d{1,15}$/.test(length) ? Number(length) : 0;
}

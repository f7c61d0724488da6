import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
} from "node:zlib";
import { dechunk } from "./dechunk.js";
import type { HttpResponse } from "./http-response.js";
import { MAX_BLOCK_BYTES } from "./web-record.js";

type Decode = (coded: Buffer) => Buffer;

/** What is there of a body that was cut short counts. */
const LIMITS: ZlibOptions = { maxOutputLength: MAX_BLOCK_BYTES, finishFlush: constants.Z_SYNC_FLUSH };

const DECODERS: Readonly<Record<string, readonly Decode[]>> = {
  gzip: [(coded) => gunzipSync(coded, LIMITS)],
  // Meant is zlib's format; some servers send the bare one.
  deflate: [(coded) => inflateSync(coded, LIMITS), (coded) => inflateRawSync(coded, LIMITS)],
  br: [
    (coded) =>
      brotliDecompressSync(coded, {
        maxOutputLength: MAX_BLOCK_BYTES,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      }),
  ],
};

/**
 * The body of a response without its transfer and content codings. One that is not coded as its fields say is taken as
 * it is: many crawlers keep the fields but undo the codings.
 *
 * @returns undefined if it unpacks to more than 16 MiB
 */
export function decodeBody({ fields, body }: HttpResponse): Buffer | undefined {
  let decoded: Buffer | undefined = /\bchunked\b/i.test(fields.get("transfer-encoding") ?? "")
    ? dechunk(body)
    : body;
  const codings = (fields.get("content-encoding") ?? "").toLowerCase().split(",");
  for (const coding of codings.reverse()) {
    if (decoded) decoded = undo(coding.trim().replace(/^x-/, ""), decoded);
  }
  return decoded;
}

function undo(coding: string, coded: Buffer): Buffer | undefined {
  for (const decode of Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : []) {
    try {
      return decode(coded);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    }
  }
  return coded;
}

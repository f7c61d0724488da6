import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from "node:zlib";
import type { Decoder } from "../decoder.js";
import { openZstd } from "../decoders.js";
import { isControl } from "../is-control.js";
import { stepTransform } from "../step-transform.js";
import { MAX_BLOCK_BYTES } from "./web-record.js";

/** A body with one coding fewer. */
export interface Undone {
  bytes: Buffer;
  /** It ends before the coding does. */
  cut: boolean;
}

interface Coding {
  /** Decodes what is whole, where there is something faster for that. */
  decodeWhole?(coded: Buffer): Buffer;
  open(): Decoder | Promise<Decoder>;
}

const LIMIT = { maxOutputLength: MAX_BLOCK_BYTES };

/** By the name of a content coding; of several the first that fits counts. */
const CODINGS: Readonly<Record<string, readonly Coding[]>> = {
  gzip: [{ decodeWhole: (coded) => gunzipSync(coded, LIMIT), open: () => stepTransform(createGunzip()) }],
  // Meant is zlib's format; some servers send the bare one.
  deflate: [
    { decodeWhole: (coded) => inflateSync(coded, LIMIT), open: () => stepTransform(createInflate()) },
    { decodeWhole: (coded) => inflateRawSync(coded, LIMIT), open: () => stepTransform(createInflateRaw()) },
  ],
  br: [
    {
      decodeWhole: (coded) => brotliDecompressSync(coded, LIMIT),
      open: () => stepTransform(createBrotliDecompress()),
    },
  ],
  zstd: [{ open: openZstd }],
};

/** Packed data have control characters soon. */
const TEXT_BYTES = 512;

export function isCoding(name: string): boolean {
  return Object.hasOwn(CODINGS, name);
}

/**
 * A body without a coding that it is said to have. Of one that is cut short or damaged what comes before is given; one
 * that is not coded so is given as it is.
 *
 * @returns undefined if it unpacks to more than 16 MiB
 */
export async function undoCoding(name: string, coded: Buffer): Promise<Undone | undefined> {
  const codings = CODINGS[name];
  for (const { decodeWhole } of codings) {
    try {
      if (decodeWhole) return { bytes: decodeWhole(coded), cut: false };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    }
  }
  for (const { open } of codings) {
    const found = await decodeBeginning(await open(), coded);
    if (!found?.cut) return found;
    if (found.bytes.length > 0 && !isText(coded)) return found;
  }
  return { bytes: coded, cut: false };
}

async function decodeBeginning(decoder: Decoder, coded: Buffer): Promise<Undone | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for (const step of [() => decoder.decode(coded), () => decoder.finish()]) {
      for await (const part of step()) {
        parts.push(part);
        length += part.length;
        if (length > MAX_BLOCK_BYTES) return undefined;
      }
    }
    return { bytes: Buffer.concat(parts), cut: false };
  } catch {
    return { bytes: Buffer.concat(parts), cut: true };
  } finally {
    decoder.close();
  }
}

function isText(bytes: Buffer): boolean {
  return !bytes.subarray(0, TEXT_BYTES).some(isControl);
}

import { crc32, createInflateRaw, inflateRawSync, type ZlibOptions } from "node:zlib";
import { stepTransform } from "../step-transform.js";
import { Damage } from "./damage.js";
import { gzipHeadLength } from "./gzip-head.js";
import type { Piece } from "./piece.js";
import type { Window } from "./window.js";

const TRAILER_BYTES = 8;
/** A head holds up to 64 KiB of extra bytes and two texts; one longer than twice that counts as damaged. */
const MAX_HEAD_BYTES = 128 * 1024;
/** A larger member, packed or unpacked, is read as a stream: reading it at once is faster, but holds it in memory. */
const WHOLE_PACKED_BYTES = 1024 * 1024;
const WHOLE_BYTES = 4 * 1024 * 1024;
/** What comes out at once. Where it meets damage, zlib drops the part that it is at: of what is damaged parts are small. */
const PART_BYTES = 128 * 1024;
const DAMAGED_PART_BYTES = 256;

/**
 * Reads the gzip member that the window begins with, and drops it from there.
 *
 * @throws Damage if it is cut short or its checksum is not that of its bytes, once the bytes before have been given
 */
export async function* readGzipMember(window: Window): AsyncGenerator<Piece> {
  const member = window.offset;
  await dropHead(window);
  const whole = await inflateWhole(window);
  if (whole === "large") return yield* inflateParts(window, member, PART_BYTES);
  if (whole === "damaged") return yield* inflateParts(window, member, DAMAGED_PART_BYTES);
  window.drop(whole.packed);
  yield { bytes: whole.bytes, member };
  await checkTrailer(window, crc32(whole.bytes), whole.bytes.length);
}

async function dropHead(window: Window): Promise<void> {
  for (;;) {
    const length = gzipHeadLength(window.bytes);
    if (length) return window.drop(length);
    if (length === 0 || window.bytes.length > MAX_HEAD_BYTES) throw new Damage("no member begins here");
    if (!(await window.grow())) throw new Damage("unexpected end of file");
  }
}

/** The member's bytes, and how many they were when packed, unless it is too large, or cut short or damaged. */
async function inflateWhole(
  window: Window,
): Promise<{ bytes: Buffer; packed: number } | "large" | "damaged"> {
  for (;;) {
    try {
      return inflateNow(window.bytes);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ERR_BUFFER_TOO_LARGE" || window.bytes.length >= WHOLE_PACKED_BYTES) return "large";
      if (code !== "Z_BUF_ERROR" || !(await window.grow())) return "damaged";
    }
  }
}

function inflateNow(packed: Buffer): { bytes: Buffer; packed: number } {
  const options: ZlibOptions = { info: true, maxOutputLength: WHOLE_BYTES, chunkSize: 32 * 1024 };
  // Its types do not know what `info` gives.
  const result: unknown = inflateRawSync(packed, options);
  const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
  return { bytes: buffer, packed: engine.bytesWritten };
}

async function* inflateParts(window: Window, member: number, chunkSize: number): AsyncGenerator<Piece> {
  const stream = createInflateRaw({ chunkSize });
  let ended = false;
  stream.on("end", () => {
    ended = true;
  });
  const decoder = stepTransform(stream);
  let crc = 0;
  let length = 0;
  const asPiece = (bytes: Buffer): Piece => {
    crc = crc32(bytes, crc);
    const piece = length === 0 ? { bytes, member } : { bytes };
    length += bytes.length;
    return piece;
  };
  try {
    while (!ended && (window.bytes.length > 0 || (await window.grow()))) {
      const before = stream.bytesWritten;
      for await (const bytes of decoder.decode(window.bytes)) yield asPiece(bytes);
      window.drop(stream.bytesWritten - before);
    }
    if (!ended) for await (const bytes of decoder.finish()) yield asPiece(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new Damage((error as Error).message, { cause: error });
  } finally {
    decoder.close();
  }
  await checkTrailer(window, crc, length);
}

async function checkTrailer(window: Window, crc: number, length: number): Promise<void> {
  if (!(await window.hold(TRAILER_BYTES))) throw new Damage("unexpected end of file");
  if (window.bytes.readUInt32LE(0) !== crc) throw new Damage("incorrect data check");
  if (window.bytes.readUInt32LE(4) !== length % 2 ** 32) throw new Damage("incorrect length check");
  window.drop(TRAILER_BYTES);
}

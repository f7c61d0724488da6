import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { CrisscrossError, InputError, type Place } from "../errors.js";
import { explainUnreadable } from "../store/files/unreadable.js";
import { decompress } from "./decompress.js";
import type { Input } from "./input.js";
import { bytesOf } from "./streams.js";
import { untilAborted } from "./until-aborted.js";

const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of an input, decompressed, a chunk at a time. A file is closed before the reading ends, also when the
 * consumer breaks off.
 *
 * @param name what messages call the input
 * @throws InputError if it cannot be opened or read; BrokenInput if it is compressed and damaged
 */
export async function* openInput(input: Input, name: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  yield* decompress(openBytes(input, name, signal), name, typeof input === "string" ? input : undefined);
}

/**
 * The bytes of an input as they are, a chunk at a time.
 *
 * @param name what messages call the input
 * @throws InputError if it cannot be opened or read
 */
export function openBytes(input: Input, name: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (typeof input === "string") return readChunks(untilAborted(readFile(input), signal), name);
  return readChunks(bytesOf(input, name, signal), name);
}

/** Reads only when asked, so a slow consumer costs no memory; one buffer a chunk, since a decoder may keep it. */
async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY);
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* readChunks(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Buffer> {
  let byte = 0;
  try {
    for await (const chunk of source) {
      byte += chunk.length;
      if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
  } catch (error) {
    throw describeFailure(error, byte > 0 ? { path: name, byte } : { path: name });
  }
}

/** Only the system's own errors (they carry a code) say something of the input; an abort or a bug stays as it is. */
function describeFailure(error: unknown, place: Place): unknown {
  if (error instanceof CrisscrossError) return error;
  const wording = explainUnreadable(place.path, error);
  return wording ? new InputError(place, wording.problem, { advice: wording.advice, cause: error }) : error;
}

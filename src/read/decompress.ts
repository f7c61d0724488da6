import { say } from "../wording.js";
import { type Codec, HEAD_BYTES, recogniseCodec } from "./codecs.js";
import type { Decoder } from "./decoder.js";
import { BrokenInput, SKIP } from "./faults.js";

/**
 * Decompresses data whose first bytes show a codec, and passes on anything else as it is. All members, frames and
 * streams of a file are read. Everything decoded before a fault is given before the fault is thrown.
 *
 * @param file the file's name, if it has one: what its suffix promises must be there
 * @throws BrokenInput, whose byte counts what was decompressed, if the data are cut short or damaged
 */
export async function* decompress(
  chunks: AsyncIterable<Buffer>,
  path: string,
  file?: string,
): AsyncGenerator<Buffer> {
  let codec: Codec | undefined;
  let decoder: Decoder | undefined;
  let byte = 0;

  /** Steps the decoder with one chunk or, without one, to its end. */
  async function* decode(chunk?: Buffer): AsyncGenerator<Buffer> {
    codec ??= recogniseCodec(chunk ?? Buffer.alloc(0), path, file);
    decoder ??= await codec.open(path);
    try {
      for await (const part of chunk ? decoder.decode(chunk) : decoder.finish()) {
        byte += part.length;
        yield part;
      }
    } catch (cause) {
      throw describeDamage(codec.name, path, byte, cause);
    }
  }

  try {
    for await (const chunk of gatherHead(chunks)) yield* decode(chunk);
    yield* decode();
  } finally {
    decoder?.close();
  }
}

/** The same bytes, the first chunk long enough to tell the codec by, however small the pieces that a pipe sends. */
async function* gatherHead(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    yield head;
    head = undefined;
  }
  if (head?.length) yield head;
}

function describeDamage(codec: string, path: string, byte: number, cause: unknown): BrokenInput {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const problem = `the ${codec} data are cut short or damaged after this byte of the decompressed text (${reason}).`;
  return new BrokenInput({ path, byte }, problem, {
    advice: say`Fetch the file again, or pass ${SKIP} to keep what comes before.`,
    cause,
  });
}

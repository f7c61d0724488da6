import { startingWith } from "../flow/starting-with.js";
import { say } from "../wording.js";
import { type Codec, HEAD_BYTES, recogniseCodec } from "./codecs.js";
import { BrokenInput, SKIP } from "./faults.js";
import { Damage } from "./members/damage.js";

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
  const gathered = gatherHead(chunks);
  let codec: Codec | undefined;
  let byte = 0;
  try {
    const first = await gathered.next();
    codec = recogniseCodec(first.done ? Buffer.alloc(0) : first.value, path, file);
    for await (const part of codec.unpack(startingWith(first, gathered), path)) {
      byte += part.length;
      yield part;
    }
  } catch (error) {
    throw codec && error instanceof Damage ? describeDamage(codec.name, path, byte, error) : error;
  } finally {
    await gathered.return(undefined);
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

function describeDamage(codec: string, path: string, byte: number, cause: Damage): BrokenInput {
  const problem = `the ${codec} data are cut short or damaged after this byte of the decompressed text (${cause.message}).`;
  return new BrokenInput({ path, byte }, problem, {
    advice: say`Fetch the file again, or pass ${SKIP} to keep what comes before.`,
    cause,
  });
}

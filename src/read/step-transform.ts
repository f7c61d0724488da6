import type { Duplex } from "node:stream";
import type { Decoder } from "./decoder.js";

/** No more than this goes in at once, which bounds what comes out: xz packs up to seven thousand to one. */
const PIECE_BYTES = 32 * 1024;

/**
 * Makes a decoder of a Node transform: writes one piece, waits until it is processed, gives what came out, and only
 * then throws what went wrong. In a pipeline a failing transform would drop what it holds, and how much depends on
 * timing.
 */
export function stepTransform(stream: Duplex): Decoder {
  const decoded: Buffer[] = [];
  let failure: Error | undefined;
  let ended = false;
  let settle = () => {};

  stream.on("data", (part: Buffer) => decoded.push(part));
  stream.on("error", (error) => {
    failure ??= error;
    settle();
  });
  // Gunzip ends by itself at padding after the last member, and never calls back for that piece.
  stream.on("end", () => {
    ended = true;
    settle();
  });

  async function* step(act: () => void): AsyncGenerator<Buffer> {
    if (ended) return;
    await new Promise<void>((resolve) => {
      settle = resolve;
      act();
    });
    yield* decoded.splice(0);
    if (failure) throw failure;
  }

  return {
    async *decode(chunk) {
      for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
        const piece = chunk.subarray(start, start + PIECE_BYTES);
        yield* step(() => stream.write(piece, () => settle()));
      }
    },
    finish: () => step(() => stream.end()),
    close: () => stream.destroy(),
  };
}

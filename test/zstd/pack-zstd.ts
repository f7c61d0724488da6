import { readFileSync } from "node:fs";
import { Compressor } from "../../src/zstd/compressor.js";
import { Decompressor } from "../../src/zstd/decompressor.js";

/** One frame with a checksum, as it is written. */
export async function packZstd(text: string | Uint8Array): Promise<Buffer> {
  const compressor = await Compressor.open();
  const parts = [...compressor.add(Buffer.from(text)), ...compressor.end()];
  compressor.close();
  return Buffer.concat(parts);
}

/** What all frames hold. */
export async function unpackZstd(packed: Uint8Array, dictionary?: Uint8Array): Promise<Buffer> {
  using decompressor = await Decompressor.open(dictionary);
  const parts: Buffer[] = [];
  for (let rest = packed, full = false; rest.length > 0 || full; ) {
    const step = decompressor.step(rest);
    parts.push(step.bytes);
    rest = rest.subarray(step.consumed);
    full = step.full && !step.ended;
  }
  return Buffer.concat(parts);
}

/** A file that the zstd command 1.5.4 made. */
export function madeByCommand(name: string): Buffer {
  return readFileSync(`test/zstd/frames/${name}`);
}

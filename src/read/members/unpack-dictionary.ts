import { Decompressor } from "../../zstd/decompressor.js";
import { MAX_DICTIONARY_BYTES } from "./take-dictionary.js";

const FRAME = 0xfd2fb528;

/**
 * A dictionary as it is used; it may be stored as a frame itself.
 *
 * @throws Error if that frame is cut short, damaged or too long
 */
export async function unpackDictionary(stored: Buffer): Promise<Buffer> {
  if (stored.length < 4 || stored.readUInt32LE(0) !== FRAME) return stored;
  using decompressor = await Decompressor.open();
  const parts: Buffer[] = [];
  let length = 0;
  for (let rest = stored; ; ) {
    const { bytes, consumed, ended, full } = decompressor.step(rest);
    parts.push(bytes);
    length += bytes.length;
    rest = rest.subarray(consumed);
    if (length > MAX_DICTIONARY_BYTES) throw new Error("it is too long");
    if (ended) return Buffer.concat(parts);
    if (rest.length === 0 && !full) throw new Error("unexpected end of the dictionary");
  }
}

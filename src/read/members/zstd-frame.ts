import { InputError } from "../../errors.js";
import { importOptional } from "../decoders.js";
import { Damage } from "./damage.js";
import type { Piece } from "./piece.js";
import { MAX_DICTIONARY_BYTES, takeDictionary } from "./take-dictionary.js";
import type { Window } from "./window.js";

/** Small frames share the memory that they are unpacked into. */
const SLAB_BYTES = 512 * 1024;
const LEAST_ROOM_BYTES = 64 * 1024;

/**
 * What reads the frames of a file, with the dictionary that the window may begin with; that is dropped from there.
 *
 * @throws InputError if the optional package is missing, or the dictionary damaged
 */
export async function openZstdFrames(
  window: Window,
  path: string,
): Promise<(window: Window) => AsyncGenerator<Piece>> {
  const { default: zstd } = await importOptional(path, "zstd-napi", () => import("zstd-napi/binding.js"));
  const stored = await takeDictionary(window);
  const dictionary = stored && unpackDictionary(stored);
  let context = newContext();
  let room = Buffer.alloc(0);

  function newContext() {
    const context = new zstd.DCtx();
    if (dictionary) context.loadDictionary(dictionary);
    return context;
  }

  /** A dictionary may be stored as a frame itself. */
  function unpackDictionary(frame: Buffer): Buffer {
    if (frame.length < 4 || frame.readUInt32LE(0) !== zstd.MAGICNUMBER) return frame;
    const unpacked = Buffer.allocUnsafe(MAX_DICTIONARY_BYTES);
    try {
      return Buffer.from(unpacked.subarray(0, zstd.decompress(unpacked, frame)));
    } catch (cause) {
      const problem = "the dictionary of the zstd data is damaged.";
      throw new InputError({ path, byte: 0 }, problem, { advice: "Fetch the file again.", cause });
    }
  }

  function unpack(packed: Buffer): { missing: number; bytes: Buffer; consumed: number; full: boolean } {
    if (room.length < LEAST_ROOM_BYTES) room = Buffer.allocUnsafeSlow(SLAB_BYTES);
    try {
      const [missing, produced, consumed] = context.decompressStream(room, packed);
      const bytes = room.subarray(0, produced);
      room = room.subarray(produced);
      return { missing, bytes, consumed, full: room.length === 0 };
    } catch (error) {
      context = newContext();
      throw new Damage((error as Error).message, { cause: error });
    }
  }

  /**
   * Reads the zstd frame that the window begins with, and drops it from there.
   *
   * @throws Damage if it is cut short or damaged, once the bytes before have been given
   */
  return async function* readZstdFrame(window) {
    const member = window.offset;
    let begun = false;
    for (;;) {
      const { missing, bytes, consumed, full } = unpack(window.bytes);
      window.drop(consumed);
      if (bytes.length > 0) yield begun ? { bytes } : { bytes, member };
      begun ||= bytes.length > 0;
      if (missing === 0) return;
      if (full || window.bytes.length > 0 || (await window.grow())) continue;
      context = newContext();
      throw new Damage("unexpected end of file");
    }
  };
}

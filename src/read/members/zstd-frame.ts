import { InputError } from "../../errors.js";
import { Decompressor, type Unpacked } from "../../zstd/decompressor.js";
import { Damage } from "./damage.js";
import type { Piece } from "./piece.js";
import { takeDictionary } from "./take-dictionary.js";
import { unpackDictionary } from "./unpack-dictionary.js";
import type { Window } from "./window.js";

/** Reads the frames of a file one by one. */
export class ZstdFrames implements Disposable {
  private constructor(private readonly decompressor: Decompressor) {}

  /**
   * Opens what the window begins with; a dictionary is dropped from there.
   *
   * @throws InputError if the dictionary is damaged
   */
  static async open(window: Window, path: string): Promise<ZstdFrames> {
    const stored = await takeDictionary(window);
    try {
      return new ZstdFrames(await Decompressor.open(stored && (await unpackDictionary(stored))));
    } catch (cause) {
      const problem = "the dictionary of the zstd data is damaged.";
      throw new InputError({ path, byte: 0 }, problem, { advice: "Fetch the file again.", cause });
    }
  }

  /**
   * Reads the frame that the window begins with, and drops it from there.
   *
   * @throws Damage if it is cut short or damaged, once the bytes before have been given
   */
  async *read(window: Window): AsyncGenerator<Piece> {
    const member = window.offset;
    let begun = false;
    for (;;) {
      const { bytes, consumed, ended, full } = this.unpack(window.bytes);
      window.drop(consumed);
      if (bytes.length > 0) yield begun ? { bytes } : { bytes, member };
      begun ||= bytes.length > 0;
      if (ended) return;
      if (full || window.bytes.length > 0 || (await window.grow())) continue;
      this.decompressor.reset();
      throw new Damage("unexpected end of file");
    }
  }

  [Symbol.dispose](): void {
    this.decompressor[Symbol.dispose]();
  }

  private unpack(packed: Buffer): Unpacked {
    try {
      return this.decompressor.step(packed);
    } catch (error) {
      throw new Damage((error as Error).message, { cause: error });
    }
  }
}

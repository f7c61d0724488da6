import { closeSync, openSync } from "node:fs";
import { readUpToSync, writeFullySync } from "../files/whole-io.js";

/** Of a window, before it grows. */
const FIRST_BYTES = 2 ** 16;

/**
 * Bits by position, 0 until they are set, of which a window is in memory and the rest in a file. In ascending order,
 * positions cost one pass over the file; in any other order, one exchange of the window each.
 */
export class BitFile {
  private file: number | undefined;
  /** As long as what is set in it needs, at most `windowBytes`. */
  private window: Uint8Array;
  /** Which window is in memory. */
  private current = 0;
  private changed = false;

  /** @param path is made when more than one window is needed */
  constructor(
    private readonly path: string,
    private readonly windowBytes: number,
  ) {
    this.window = new Uint8Array(Math.min(windowBytes, FIRST_BYTES));
  }

  set(position: number): void {
    this.window[this.byteOf(position)] |= 1 << (position % 8);
    this.changed = true;
  }

  has(position: number): boolean {
    return (this.window[this.byteOf(position)] & (1 << (position % 8))) !== 0;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  /** The byte of the window that holds the bit, once that window is in memory. */
  private byteOf(position: number): number {
    const byte = Math.floor(position / 8);
    const wanted = Math.floor(byte / this.windowBytes);
    if (wanted !== this.current) this.moveTo(wanted);
    const place = byte - wanted * this.windowBytes;
    if (place >= this.window.length) this.grow(place + 1);
    return place;
  }

  private grow(bytes: number): void {
    const { window } = this;
    this.window = new Uint8Array(Math.min(Math.max(bytes, 2 * window.length), this.windowBytes));
    this.window.set(window);
  }

  private moveTo(wanted: number): void {
    this.file ??= openSync(this.path, "w+");
    if (this.window.length < this.windowBytes) this.grow(this.windowBytes);
    const { window, file } = this;
    if (this.changed) writeFullySync(file, window, this.current * window.length);
    window.fill(0, readUpToSync(file, window, wanted * window.length));
    this.current = wanted;
    this.changed = false;
  }
}

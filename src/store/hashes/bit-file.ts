import { closeSync, openSync } from "node:fs";
import { readUpToSync, writeFullySync } from "../files/whole-io.js";

/**
 * Bits by position, 0 until they are set, of which a window is in memory and the rest in a file. In ascending order,
 * positions cost one pass over the file; in any other order, one exchange of the window each.
 */
export class BitFile {
  private file: number | undefined;
  private readonly window: Uint8Array;
  /** Which window is in memory. */
  private current = 0;
  private changed = false;

  /** @param path is made when more than one window is needed */
  constructor(
    private readonly path: string,
    windowBytes: number,
  ) {
    this.window = new Uint8Array(windowBytes);
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
    const wanted = Math.floor(byte / this.window.length);
    if (wanted !== this.current) this.moveTo(wanted);
    return byte - wanted * this.window.length;
  }

  private moveTo(wanted: number): void {
    this.file ??= openSync(this.path, "w+");
    const { window, file } = this;
    if (this.changed) writeFullySync(file, window, this.current * window.length);
    window.fill(0, readUpToSync(file, window, wanted * window.length));
    this.current = wanted;
    this.changed = false;
  }
}

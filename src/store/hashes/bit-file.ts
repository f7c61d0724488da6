import { closeSync, openSync, readSync, writeSync } from "node:fs";

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
    if (this.changed) writeFully(file, window, this.current * window.length);
    let read = 0;
    for (let more = 1; more > 0 && read < window.length; read += more)
      more = readSync(file, window, read, window.length - read, wanted * window.length + read);
    window.fill(0, read);
    this.current = wanted;
    this.changed = false;
  }
}

function writeFully(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}

import { closeSync, openSync } from "node:fs";
import { readFullySync, writeFullySync } from "../store/files/whole-io.js";

/** Bags in a file, where there may be more than memory holds. Memory: 8 bytes a bag. */
export class FileBags implements Disposable {
  readonly offsets: Float64Array;
  /** The lowest and the highest of all pieces. */
  readonly range = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
  private readonly file: number;
  private bags = 0;

  /**
   * @param path a new file, which is the caller's to remove
   * @param count how many bags there will be
   */
  constructor(path: string, count: number) {
    this.file = openSync(path, "wx+", 0o600);
    this.offsets = new Float64Array(count + 1);
  }

  /** Writes some bags after those that were written. */
  append(lists: readonly (readonly number[])[]): void {
    const start = this.offsets[this.bags];
    const pieces = Int32Array.from(lists.flat());
    for (const list of lists) this.offsets[this.bags + 1] = this.offsets[this.bags++] + list.length;
    for (const piece of pieces) {
      this.range.least = Math.min(this.range.least, piece);
      this.range.most = Math.max(this.range.most, piece);
    }
    writeFullySync(this.file, bytesOf(pieces), start * pieces.BYTES_PER_ELEMENT);
  }

  /** Fills an array with the pieces of all bags from a place on. */
  read(start: number, into: Int32Array): void {
    readFullySync(this.file, bytesOf(into), start * into.BYTES_PER_ELEMENT);
  }

  [Symbol.dispose](): void {
    closeSync(this.file);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

import { closeSync, fstatSync, ftruncateSync, openSync } from "node:fs";
import { join } from "node:path";
import { openSum, type Sum } from "../files/checksum.js";
import { readFullySync, writeFullySync } from "../files/whole-io.js";
import { bytesOf, HEAD_BYTES, headOf, KEY_BYTES, SUM_BYTES, sumOfRow, UNKNOWN } from "./row-sums.js";

/**
 * Rows of float32 that are found by a key of 16 bytes, in three files of a folder: `rows`, `sums` (XXH64 of each key and
 * its row) and `keys`, all in the same order. Keys are written last, so a key always has its row, and a row that is
 * damaged is as good as none.
 *
 * Memory: about 100 bytes a row.
 */
export class KeyedRows implements Disposable {
  private readonly numberOf = new Map<string, number>();
  private count = 0;
  private readonly row: Float32Array;
  private readonly stored = new BigUint64Array(1);

  private constructor(
    private readonly files: Record<"keys" | "rows" | "sums", number>,
    private readonly dimensions: number,
    private readonly sum: Sum,
  ) {
    this.row = new Float32Array(dimensions);
    this.cut();
  }

  /** Opens what is in the folder, or nothing yet, to be read and added to by this process alone. */
  static async open(folder: string, dimensions: number): Promise<KeyedRows> {
    const sum = await openSum();
    const files = { keys: 0, rows: 0, sums: 0 };
    for (const name of ["keys", "rows", "sums"] as const) {
      const path = join(folder, name);
      // Made first if need be: a file that is opened to append to cannot be written elsewhere.
      closeSync(openSync(path, "a"));
      files[name] = openSync(path, "r+");
    }
    return new KeyedRows(files, dimensions, sum);
  }

  /** Fills `into` with a key's row; tells whether it is there, and whether it is sound. */
  get(key: Uint8Array, into: Float32Array): "sound" | "damaged" | "missing" {
    const number = this.numberOf.get(nameOf(key));
    if (number === undefined) return "missing";
    readFullySync(this.files.rows, bytesOf(this.row), number * this.rowBytes);
    readFullySync(this.files.sums, bytesOf(this.stored), HEAD_BYTES + number * SUM_BYTES);
    const [stored] = this.stored;
    if (stored !== UNKNOWN && stored !== sumOfRow(this.sum, key, bytesOf(this.row))) return "damaged";
    into.set(this.row);
    return "sound";
  }

  /** Adds rows, one after the other in `values`, or puts them in the place of damaged ones. */
  put(keys: readonly Uint8Array[], values: Float32Array): void {
    const known = keys.map((key) => this.numberOf.get(nameOf(key)));
    for (const [i, number] of known.entries())
      if (number !== undefined) this.write(number, [keys[i]], this.slice(values, i));
    const fresh = [...keys.keys()].filter((i) => known[i] === undefined);
    const rows = new Float32Array(fresh.length * this.dimensions);
    for (const [row, i] of fresh.entries()) rows.set(this.slice(values, i), row * this.dimensions);
    const freshKeys = fresh.map((i) => keys[i]);
    this.write(this.count, freshKeys, rows);
    for (const key of freshKeys) this.numberOf.set(nameOf(key), this.count++);
  }

  [Symbol.dispose](): void {
    for (const file of Object.values(this.files)) closeSync(file);
  }

  private write(first: number, keys: readonly Uint8Array[], rows: Float32Array): void {
    const { files, rowBytes } = this;
    const sums = BigUint64Array.from(keys, (key, i) => sumOfRow(this.sum, key, bytesOf(this.slice(rows, i))));
    writeFullySync(files.rows, bytesOf(rows), first * rowBytes);
    writeFullySync(files.sums, bytesOf(sums), HEAD_BYTES + first * SUM_BYTES);
    writeFullySync(files.keys, Buffer.concat(keys), first * KEY_BYTES);
  }

  /** Cuts all files to what they have in common: a killed process may have written rows without their keys. */
  private cut(): void {
    const { files, rowBytes } = this;
    const sizeOf = (file: number) => fstatSync(file).size;
    this.count = Math.min(
      Math.floor(sizeOf(files.keys) / KEY_BYTES),
      Math.floor(sizeOf(files.rows) / rowBytes),
    );
    const { count } = this;
    ftruncateSync(files.keys, count * KEY_BYTES);
    ftruncateSync(files.rows, count * rowBytes);
    // Longer where a version without checksums has written: those that are missing become unknown, which is 0.
    ftruncateSync(files.sums, HEAD_BYTES + count * SUM_BYTES);
    writeFullySync(files.sums, headOf(this.dimensions), 0);
    const keys = Buffer.alloc(count * KEY_BYTES);
    readFullySync(files.keys, keys, 0);
    for (let number = 0; number < count; number++)
      this.numberOf.set(nameOf(keys.subarray(number * KEY_BYTES, (number + 1) * KEY_BYTES)), number);
  }

  private slice(values: Float32Array, row: number): Float32Array {
    return values.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }

  private get rowBytes(): number {
    return this.dimensions * Float32Array.BYTES_PER_ELEMENT;
  }
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, KEY_BYTES).toString("base64");
}

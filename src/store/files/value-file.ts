import { closeSync, openSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { explainWriteError } from "./output-error.js";
import { readFullySync, writeFullySync } from "./whole-io.js";

/**
 * Values in a new file, each found by its number while it is open: all that `structuredClone` can copy. Memory: 8 bytes a
 * value.
 */
export class ValueFile<T> implements Disposable {
  private readonly file: number;
  /** Where each value ends; the first begins at 0. */
  private readonly ends: number[] = [];

  /** @throws OutputError if there can be no such file */
  constructor(private readonly path: string) {
    try {
      this.file = openSync(path, "wx+", 0o600);
    } catch (error) {
      throw explainWriteError(error, path);
    }
  }

  get length(): number {
    return this.ends.length;
  }

  /** @throws OutputError if it cannot be written */
  append(value: T): void {
    const bytes = serialize(value);
    const start = this.startOf(this.length);
    try {
      writeFullySync(this.file, bytes, start);
    } catch (error) {
      throw explainWriteError(error, this.path);
    }
    this.ends.push(start + bytes.length);
  }

  get(number: number): T {
    const start = this.startOf(number);
    const bytes = Buffer.allocUnsafeSlow(this.ends[number] - start);
    readFullySync(this.file, bytes, start);
    return deserialize(bytes);
  }

  [Symbol.dispose](): void {
    closeSync(this.file);
  }

  private startOf(number: number): number {
    return number === 0 ? 0 : this.ends[number - 1];
  }
}

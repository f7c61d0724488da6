import { closeSync, openSync, rmSync } from "node:fs";
import { explainWriteError } from "./output-error.js";
import { readFullySync, writeFullySync } from "./whole-io.js";

/** Numbers of one type in a new file, read and written by their places, which is gone when it is disposed of. */
export class NumberFile implements Disposable {
  private readonly file: number;

  /** @throws OutputError if there can be no such file */
  constructor(private readonly path: string) {
    try {
      this.file = openSync(path, "wx+", 0o600);
    } catch (error) {
      throw explainWriteError(error, path);
    }
  }

  /** @throws OutputError if they cannot be written */
  write(first: number, values: Float64Array | Float32Array): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    try {
      writeFullySync(this.file, bytes, first * values.BYTES_PER_ELEMENT);
    } catch (error) {
      throw explainWriteError(error, this.path);
    }
  }

  /** Fills an array with those that were written, from `first` on. */
  readInto(first: number, values: Float64Array | Float32Array): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    readFullySync(this.file, bytes, first * values.BYTES_PER_ELEMENT);
  }

  [Symbol.dispose](): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }
}

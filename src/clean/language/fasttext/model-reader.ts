import { closeSync, fstatSync, openSync } from "node:fs";
import { ModelError } from "../../../errors.js";
import { readUpToSync } from "../../../store/files/whole-io.js";

/** Bytes that are read at a time, where values are small. */
const CHUNK = 2 ** 16;

/** Reads little-endian values of a file one after the other, large arrays straight into memory that threads share. */
export class ModelReader {
  private readonly file: number;
  private readonly size: number;
  private readonly chunk = Buffer.alloc(CHUNK);
  /** What of the chunk is read but not yet given. */
  private at = 0;
  private end = 0;
  /** Bytes of the file before the end of the chunk. */
  private taken = 0;

  /** @throws ModelError for a file that cannot be opened */
  constructor(private readonly path: string) {
    try {
      this.file = openSync(path, "r");
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new ModelError(
        `${path}: ${code === "ENOENT" ? "no such file." : `cannot be opened: ${message}`}`,
        {
          cause: error,
        },
      );
    }
    const facts = fstatSync(this.file);
    this.size = facts.size;
    if (facts.isDirectory()) {
      this[Symbol.dispose]();
      throw new ModelError(`${path}: is a folder; expected the file of a fastText model.`);
    }
  }

  /** Bytes that are left. */
  get left(): number {
    return this.size - this.taken + this.end - this.at;
  }

  uint8(): number {
    return this.chunk[this.take(1)];
  }

  int32(): number {
    return this.chunk.readInt32LE(this.take(4));
  }

  int64(): number {
    return Number(this.chunk.readBigInt64LE(this.take(8)));
  }

  skip(bytes: number): void {
    this.take(bytes);
  }

  /** The bytes up to a zero byte, which is not among them. */
  text(): Buffer {
    const parts: Buffer[] = [];
    for (;;) {
      const found = this.chunk.subarray(this.at, this.end).indexOf(0);
      const end = found < 0 ? this.end : this.at + found;
      parts.push(Buffer.from(this.chunk.subarray(this.at, end)));
      this.at = end;
      this.take(1);
      if (found >= 0) return parts.length === 1 ? parts[0] : Buffer.concat(parts);
      this.at--;
    }
  }

  uint8s(length: number): Uint8Array {
    this.expect(length);
    return this.fill(new Uint8Array(new SharedArrayBuffer(length)));
  }

  /** @throws ModelError also if one of them is no number, or is infinite */
  float32s(length: number): Float32Array {
    this.expect(4 * length);
    const values = new Float32Array(new SharedArrayBuffer(4 * length));
    this.fill(new Uint8Array(values.buffer));
    for (let i = 0; i < length; i++)
      if (!Number.isFinite(values[i])) this.refuse(`it has ${values[i]} among the numbers of its matrices`);
    return values;
  }

  /** @throws ModelError if anything is left */
  finish(): void {
    if (this.left > 0) this.refuse(`${this.left} bytes are left behind its end`);
  }

  /** @throws ModelError always */
  refuse(found: string): never {
    throw new ModelError(`${this.path}: is damaged: ${found}.`, { advice: "Fetch it again." });
  }

  [Symbol.dispose](): void {
    closeSync(this.file);
  }

  /** @throws ModelError if the file has not that many bytes left */
  expect(bytes: number): void {
    if (!(bytes >= 0 && bytes <= this.left))
      throw new ModelError(`${this.path}: is cut short or damaged: it ends after ${this.size} bytes.`, {
        advice: "Fetch it again.",
      });
  }

  /** Goes over so many bytes, few of them; gives where they begin in the chunk. */
  private take(bytes: number): number {
    this.expect(bytes);
    if (this.end - this.at < bytes) {
      this.chunk.copy(this.chunk, 0, this.at, this.end);
      this.end -= this.at;
      this.at = 0;
      const read = readUpToSync(this.file, this.chunk.subarray(this.end), this.taken);
      this.end += read;
      this.taken += read;
      if (this.end < bytes) this.expect(Number.POSITIVE_INFINITY);
    }
    this.at += bytes;
    return this.at - bytes;
  }

  private fill(bytes: Uint8Array): Uint8Array {
    const held = Math.min(bytes.length, this.end - this.at);
    bytes.set(this.chunk.subarray(this.at, this.at + held));
    this.at += held;
    const read = readUpToSync(this.file, bytes.subarray(held), this.taken);
    this.taken += read;
    if (held + read < bytes.length) this.expect(Number.POSITIVE_INFINITY);
    return bytes;
  }
}

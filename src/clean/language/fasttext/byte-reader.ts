/** Reads little-endian values one after the other. */
export class ByteReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  uint8(): number {
    return this.bytes.readUInt8(this.skip(1));
  }

  int32(): number {
    return this.bytes.readInt32LE(this.skip(4));
  }

  int64(): number {
    return Number(this.bytes.readBigInt64LE(this.skip(8)));
  }

  uint8s(length: number): Uint8Array {
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  float32s(length: number): Float32Array {
    const start = this.skip(4 * length);
    return Float32Array.from({ length }, (_, i) => this.bytes.readFloatLE(start + 4 * i));
  }

  /** UTF-8 up to a zero byte, which is not part of it. */
  text(): string {
    const end = this.bytes.indexOf(0, this.at);
    const text = this.bytes.toString("utf8", this.at, end);
    this.at = end + 1;
    return text;
  }

  /** Goes over so many bytes; gives where they began. */
  skip(bytes: number): number {
    const start = this.at;
    this.at += bytes;
    return start;
  }
}

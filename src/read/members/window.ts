/** The part of a stream that is in memory; it grows and shrinks. */
export class Window {
  bytes: Buffer = Buffer.alloc(0);
  /** Where `bytes` begins in the stream. */
  offset = 0;
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** Takes in the next chunk; false if there is none. */
  async grow(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done) return false;
    this.bytes = this.bytes.length === 0 ? next.value : Buffer.concat([this.bytes, next.value]);
    return true;
  }

  /** Takes in chunks until `length` bytes are there; false if the stream ends before. */
  async hold(length: number): Promise<boolean> {
    while (this.bytes.length < length) {
      if (!(await this.grow())) return false;
    }
    return true;
  }

  drop(length: number): void {
    this.bytes = this.bytes.subarray(length);
    this.offset += length;
  }

  /** Drops what comes before the next `mark`; false if there is none. */
  async seek(mark: Buffer): Promise<boolean> {
    for (;;) {
      const found = this.bytes.indexOf(mark);
      if (found >= 0) {
        this.drop(found);
        return true;
      }
      this.drop(Math.max(0, this.bytes.length - mark.length + 1));
      if (!(await this.grow())) return false;
    }
  }

  /** Whether only zeros are left, with which tapes and disks are padded; drops those at the start. */
  async holdsOnlyZeros(): Promise<boolean> {
    if (this.bytes[0] !== 0) return false;
    do {
      const other = this.bytes.findIndex((byte) => byte !== 0);
      this.drop(other < 0 ? this.bytes.length : other);
      if (other >= 0) return false;
    } while (await this.grow());
    return true;
  }

  /** All that is left, a chunk at a time. */
  async *rest(): AsyncGenerator<Buffer> {
    if (this.bytes.length > 0) yield this.bytes;
    yield* { [Symbol.asyncIterator]: () => this.chunks };
  }

  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}

/**
 * A decompressor that is stepped: each call gives all that its piece decodes to, and throws only after that, so what is
 * kept of a damaged file does not depend on timing.
 */
export interface Decoder {
  decode(piece: Buffer): Iterable<Buffer> | AsyncIterable<Buffer>;
  /** To be called after the last piece; throws if the data should have gone on. */
  finish(): Iterable<Buffer> | AsyncIterable<Buffer>;
  close(): void;
}

/** A record of a WARC, WET or ARC. */
export interface WebRecord {
  /** Where its gzip member or zstd frame begins, if it is the first record in it; else a byte of the decompressed file. */
  offset: number;
  /** The WARC-Type: `response`, `conversion`, `request` …; of an ARC, what a WARC would call it. */
  type: string;
  url?: string;
  id?: string;
  /** The media type of `block`, lower case, with its parameters; empty where the record gives none. */
  contentType: string;
  /** What stands between the record's header and the next record; its beginning alone if `length` is larger. */
  block: Buffer;
  /** Bytes of the whole block. */
  length: number;
  /** The file ends within the block, or the crawler stopped there. */
  cut?: boolean;
  /** Which piece of a longer record it is, where that was written in several. */
  segment?: Segment;
}

/** A piece of a record (ISO 28500:2017, section 7). */
export interface Segment {
  /** From 1. */
  number: number;
  /** The `id` of the first piece, which only that one lacks. */
  origin?: string;
  /** Bytes of the whole block, which only the last piece tells. */
  total?: number;
}

/** What a record's header says; the block of `length` bytes follows. */
export type RecordHead = Omit<WebRecord, "offset" | "block">;

/** What one block may cost in memory. */
export const MAX_BLOCK_BYTES = 16 * 1024 * 1024;

/** Of a longer block so much is kept: enough to tell what it is. */
export const BLOCK_START_BYTES = 64 * 1024;

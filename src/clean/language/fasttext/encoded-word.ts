/** A word of a text, with the two hashes that `word-hash` makes of it. */
export interface EncodedWord {
  hash: number;
  check: number;
  /** The text in UTF-8, with a byte before and after it. */
  bytes: Buffer;
  /** Where the word stands in the bytes. */
  start: number;
  end: number;
}

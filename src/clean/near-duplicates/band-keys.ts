export interface NearDuplicateOptions {
  /** The Jaccard similarity of word 5-shingles from which two documents count as the same. @default 0.8 */
  threshold?: number;
}

/** Documents with a key in common are taken for near-duplicates. */
export interface BandKeys {
  /** Keys a document. */
  readonly bands: number;
  /** `bands` 64-bit keys of a document; none where it has no word. */
  keysOf(blocks: readonly string[]): BigUint64Array;
}

/** @throws OptionError unless the threshold is above 0 and at most 1 */
export async function openBandKeys(_options: NearDuplicateOptions = {}): Promise<BandKeys> {
  throw new Error("not written yet");
}

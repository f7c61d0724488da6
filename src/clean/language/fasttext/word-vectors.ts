import type { FastTextModel } from "./read-model.js";
import { WordBytes } from "./word-bytes.js";

/** Words are remembered up to this length, and this many of them (9 MiB); then from anew. */
const LONGEST_KEPT = 20;
const MOST_KEPT = 2 ** 17;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 16777619;

/**
 * Adds up what a model knows of words. Most words of a text are frequent ones, whose sums are remembered: few have to be
 * taken apart into n-grams, which is all that fastText does.
 */
export class WordVectors {
  /** Where the sum of a word stands among those that are remembered. */
  private readonly places = new Map<string, number>();
  private readonly kept: Float32Array;
  /** Numbers of a sum: as many as a row has, and the number of rows. */
  readonly width: number;
  private readonly bytes = new WordBytes();

  constructor(private readonly model: FastTextModel) {
    this.width = model.dimensions + 1;
    this.kept = new Float32Array(MOST_KEPT * this.width);
  }

  /** Adds to `sum`, from `at` on, the rows of a word and of its n-grams, and their number behind them. */
  add(word: string, sum: Float32Array, at: number): void {
    if (word.length > LONGEST_KEPT) this.addRows(word, sum, at);
    else this.addKept(word, sum, at);
  }

  private addKept(word: string, sum: Float32Array, at: number): void {
    const { width, kept } = this;
    let start = this.places.get(word);
    if (start === undefined) {
      if (this.places.size === MOST_KEPT) this.places.clear();
      start = this.places.size * width;
      this.places.set(word, start);
      kept.fill(0, start, start + width);
      this.addRows(word, kept, start);
    }
    for (let i = 0; i < width; i++) sum[at + i] += kept[start + i];
  }

  private addRows(word: string, sum: Float32Array, start: number): void {
    const { words, ngrams, buckets, minn, maxn } = this.model;
    const row = words.get(word);
    if (row !== undefined) this.addRow(row, sum, start);
    const { bytes, starts, length } = this.bytes.encode(word);
    for (let first = 0; first < length; first++) {
      const longest = Math.min(first + maxn, length);
      let hash = FNV_OFFSET;
      let byte = starts[first];
      for (let end = first + 1; end <= longest; end++) {
        for (const stop = starts[end]; byte < stop; byte++) hash = Math.imul(hash ^ bytes[byte], FNV_PRIME);
        const characters = end - first;
        if (characters < minn || (characters === 1 && (first === 0 || end === length))) continue;
        const ngram = ngrams.get((hash >>> 0) % buckets);
        if (ngram >= 0) this.addRow(ngram, sum, start);
      }
    }
  }

  private addRow(row: number, sum: Float32Array, at: number): void {
    this.model.rows.addTo(row, sum, at);
    sum[at + this.model.dimensions]++;
  }
}

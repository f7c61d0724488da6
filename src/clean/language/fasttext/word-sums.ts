import { addNgramRows, countRow } from "./add-rows.js";
import type { EncodedWord } from "./encoded-word.js";
import type { FastTextModel } from "./read-model.js";
import { findRow } from "./row-table.js";

/** Numbers of all sums that are remembered, at most. */
const NUMBERS = 2 ** 22;

/**
 * Sums the rows of words. Most words of a text are frequent, or were just read in the paragraph whose sentences follow,
 * so sums are remembered, each until another word's hash leads to the same slot. Memory: up to 20 MiB.
 */
export class WordSums {
  /** Numbers of a sum: as many as a row has, and the number of rows. */
  private readonly width: number;
  /** Words that are remembered at most; a power of two. */
  private readonly slots: number;
  private readonly sums: Float32Array;
  /** The two hashes of the word in each slot. */
  private readonly hashes: Int32Array;

  constructor(private readonly model: FastTextModel) {
    this.width = model.dimensions + 1;
    this.slots = 2 ** Math.floor(Math.log2(NUMBERS / this.width));
    this.sums = new Float32Array(this.slots * this.width);
    this.hashes = new Int32Array(2 * this.slots);
  }

  /** Adds to `total` the rows of a word and of its n-grams, and their number. */
  add(word: EncodedWord, total: Float32Array): void {
    const { width, slots, sums, hashes } = this;
    const { hash, check } = word;
    const slot = hash & (slots - 1);
    const at = slot * width;
    if (hashes[2 * slot] !== hash || hashes[2 * slot + 1] !== check) {
      hashes[2 * slot] = hash;
      hashes[2 * slot + 1] = check;
      sums.fill(0, at, at + width);
      const row = findRow(this.model.words.rows, hash, check);
      if (row !== undefined) countRow(this.model, row, sums, at);
      addNgramRows(this.model, word, sums, at);
    }
    for (let i = 0; i < width; i++) total[i] += sums[at + i];
  }
}

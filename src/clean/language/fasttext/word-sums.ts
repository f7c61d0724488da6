import { addNgramRows, addRow } from "./add-rows.js";
import type { EncodedWord } from "./encoded-word.js";
import type { FastTextModel } from "./read-model.js";

/** Words that are remembered at most; a power of two. */
const SLOTS = 2 ** 17;

/**
 * Sums the rows of words. Most words of a text are frequent, or were just read in the paragraph whose sentences follow,
 * so sums are remembered, each until another word's hash leads to the same slot. Memory: 10 MiB.
 */
export class WordSums {
  /** Numbers of a sum: as many as a row has, and the number of rows. */
  private readonly width: number;
  private readonly sums: Float32Array;
  /** The two hashes of the word in each slot. */
  private readonly hashes = new Int32Array(2 * SLOTS);

  constructor(private readonly model: FastTextModel) {
    this.width = model.dimensions + 1;
    this.sums = new Float32Array(SLOTS * this.width);
  }

  /** Adds to `total` the rows of a word and of its n-grams, and their number. */
  add(word: EncodedWord, total: Float32Array): void {
    const { width, sums, hashes } = this;
    const { hash, check } = word;
    const slot = hash & (SLOTS - 1);
    const at = slot * width;
    if (hashes[2 * slot] !== hash || hashes[2 * slot + 1] !== check) {
      hashes[2 * slot] = hash;
      hashes[2 * slot + 1] = check;
      sums.fill(0, at, at + width);
      const row = this.model.words.get(hash, check);
      if (row !== undefined) addRow(this.model, row, sums, at);
      addNgramRows(this.model, word, sums, at);
    }
    for (let i = 0; i < width; i++) total[i] += sums[at + i];
  }
}

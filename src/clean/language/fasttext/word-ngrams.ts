import { countRow } from "./count-row.js";
import { ngramRow } from "./ngram-row.js";
import { LINE_END } from "./read-dictionary.js";
import type { FastTextModel } from "./read-model.js";
import { hashWord } from "./word-hash.js";

/** What the hash of the words before is multiplied with. */
const PRIME = 116049371n;
const [LINE_END_HASH] = hashWord(Buffer.from(LINE_END));

/** Adds the rows of the n-grams of words of a text, whose end is a word, too. */
export class WordNgrams {
  private hashes: number[] = [];

  constructor(private readonly model: FastTextModel) {}

  /** Takes the hash of the text's next word. */
  next(hash: number): void {
    this.hashes.push(hash | 0);
  }

  /** Adds them to `total`, and begins the next text. */
  addAll(total: Float32Array): void {
    const { model } = this;
    const hashes = [...this.hashes, LINE_END_HASH | 0];
    this.hashes = [];
    const buckets = BigInt(model.buckets);
    for (let first = 0; first < hashes.length; first++) {
      let hash = BigInt.asUintN(64, BigInt(hashes[first]));
      const end = Math.min(hashes.length, first + model.wordNgrams);
      for (let word = first + 1; word < end; word++) {
        hash = BigInt.asUintN(64, hash * PRIME + BigInt(hashes[word]));
        const row = ngramRow(model, Number(hash % buckets));
        if (row !== undefined) countRow(model, row, total, 0);
      }
    }
  }
}

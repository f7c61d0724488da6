import type { WordVectors } from "./word-vectors.js";

/** Words of a text whose sums are remembered. */
const MOST_WORDS = 1024;

/**
 * Adds up what a model knows of the words of a text. A paragraph is mostly followed by its own sentences, one after the
 * other: the sums of its words are remembered, and taken from there as long as the same words come.
 */
export class TextSums {
  private words: string[] = [];
  private readonly sums: Float32Array;
  /** Which of them comes next if the text before goes on. */
  private next = 0;

  constructor(private readonly vectors: WordVectors) {
    this.sums = new Float32Array(MOST_WORDS * vectors.width);
  }

  /** @param total a sum as `WordVectors` has it, all zeros */
  add(words: string[], total: Float32Array): void {
    if (words.length > 0 && words[0] === this.words[this.next]) this.addNext(words, total);
    else this.addNew(words, total);
  }

  private addNext(words: string[], total: Float32Array): void {
    for (const word of words) {
      if (word === this.words[this.next]) this.take(this.next++, total);
      else this.vectors.add(word, total, 0);
    }
  }

  private addNew(words: string[], total: Float32Array): void {
    this.words = words.length > MOST_WORDS ? words.slice(0, MOST_WORDS) : words;
    this.next = 0;
    const { width } = this.vectors;
    this.sums.fill(0, 0, this.words.length * width);
    for (const [i, word] of words.entries()) {
      if (i >= MOST_WORDS) this.vectors.add(word, total, 0);
      else {
        this.vectors.add(word, this.sums, i * width);
        this.take(i, total);
      }
    }
  }

  private take(word: number, total: Float32Array): void {
    const { sums } = this;
    const { width } = this.vectors;
    const start = word * width;
    for (let i = 0; i < width; i++) total[i] += sums[start + i];
  }
}

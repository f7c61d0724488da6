import type { Lexicon } from "./lexicon.js";
import type { Scores } from "./scores.js";
import { ROOT, type Trie } from "./trie.js";

/** What an unknown character costs beside the least likely piece, as in SentencePiece. */
const UNKNOWN_PENALTY = 10;

/**
 * The most probable division of a word into pieces, by dynamic programming over its characters.
 *
 * (Kudo 2018, Subword Regularization, https://arxiv.org/abs/1804.10959, §3.2, with Viterbi's algorithm.) Of equally probable
 * divisions the one found first stays: earlier start, then shorter piece, as in `tokenizers`.
 */
export class Viterbi {
  readonly #trie: Trie;
  readonly #scores: Scores;
  readonly #unknown: number;
  readonly #unknownScore: number;
  #units = new Uint16Array(0);
  #best = new Float64Array(0);
  #from = new Int32Array(0);
  #piece = new Int32Array(0);

  constructor({ trie, scores }: Lexicon, unknown: number) {
    this.#trie = trie;
    this.#scores = scores;
    this.#unknown = unknown;
    this.#unknownScore = this.#scores.least() - UNKNOWN_PENALTY;
  }

  /** The piece that a whole text is, or −1. */
  find(text: string): number {
    this.#read(text);
    return this.#lookUp(0, text.length);
  }

  /** The numbers of a word's pieces; unknown characters beside each other are one. */
  divide(word: string): number[] {
    this.#read(word);
    this.#search(word.length);
    return this.#trace(word.length);
  }

  #read(text: string): void {
    const { length } = text;
    if (this.#units.length < length) {
      this.#units = new Uint16Array(2 * length);
      this.#best = new Float64Array(2 * length + 1);
      this.#from = new Int32Array(2 * length + 1);
      this.#piece = new Int32Array(2 * length + 1);
    }
    for (let i = 0; i < length; i++) this.#units[i] = text.charCodeAt(i);
  }

  #search(length: number): void {
    const units = this.#units;
    const best = this.#best;
    const from = this.#from.fill(-1, 0, length + 1);
    const piece = this.#piece;
    const scores = this.#scores;
    const trie = this.#trie;
    best[0] = 0;
    let width = 1;
    for (let start = 0; start < length; start += width) {
      width = (units[start] & 0xfc00) === 0xd800 ? 2 : 1;
      const here = best[start];
      let isKnown = false;
      let node: number = ROOT;
      for (let end = start; end < length; ) {
        node = trie.next(node, units[end++]);
        if (node < 0) break;
        const number = trie.piece(node);
        if (number < 0) continue;
        if (end === start + width) isKnown = true;
        const score = here + scores.of(number);
        if (from[end] < 0 || score > best[end]) {
          best[end] = score;
          from[end] = start;
          piece[end] = number;
        }
      }
      if (isKnown) continue;
      const end = start + width;
      const score = here + this.#unknownScore;
      if (from[end] < 0 || score > best[end]) {
        best[end] = score;
        from[end] = start;
        piece[end] = this.#unknown;
      }
    }
  }

  #trace(length: number): number[] {
    const numbers: number[] = [];
    for (let end = length; end > 0; ) {
      let start = this.#from[end];
      let number = this.#piece[end];
      if (number === this.#unknown) {
        while (start > 0 && this.#piece[start] === this.#unknown) start = this.#from[start];
        // Several unknown characters together may still be a piece, though an unlikely one.
        number = this.#lookUp(start, end);
        if (number < 0) number = this.#unknown;
      }
      numbers.push(number);
      end = start;
    }
    return numbers.reverse();
  }

  #lookUp(start: number, end: number): number {
    let node: number = ROOT;
    for (let at = start; at < end && node >= 0; at++) node = this.#trie.next(node, this.#units[at]);
    return node < 0 ? -1 : this.#trie.piece(node);
  }
}

import { packRows, rankNgrams } from "./packed-rows.js";
import type { FastTextModel } from "./read-model.js";
import { countSlots } from "./row-table.js";

/** Numbers of all sums that are remembered, at most. */
const SUM_NUMBERS = 2 ** 21;
/** Slots of a set: a word is remembered in one of them. */
const SET_SLOTS = 2;
/** Numbers that are known of the word of a slot. */
const WORD_NUMBERS = 4;
/** N-grams that are told at once, as `sum-words.c` has it. */
const TOLD = 1024;
/** Words of the description of a model there. */
const DESCRIPTION = 21;
const WORD_BYTES = 4;
/** Of a line of a processor's cache. */
const LINE_BYTES = 64;
const PAGE_BYTES = 65_536;

/**
 * The memory of `sum-words.c`: what it knows of a model, sums of words, and a text at the end, for which it grows.
 * Addresses are bytes. Most words of a text are frequent, or were just read in the paragraph whose sentences follow, so
 * sums are remembered, each until two other words' hashes have led to the same place: up to 10 MiB.
 */
export class SumMemory {
  readonly memory: WebAssembly.Memory;
  readonly model: number;
  readonly total: number;
  /** Where a text begins; a byte before it is free. */
  readonly text: number;
  bytes!: Buffer;
  floats!: Float32Array;
  /** The total itself. */
  sum!: Float32Array;
  /** The numbers of n-grams that are told. */
  told!: Uint32Array;
  private readonly toldAt: number;

  constructor(private readonly facts: FastTextModel) {
    const { dimensions, minn, maxn, buckets, wordNgrams, kept } = facts;
    // Vectors of four numbers are added faster from multiples of 16 bytes.
    const width = 4 * Math.ceil(dimensions / 4);
    const sets = 2 ** Math.floor(Math.log2(SUM_NUMBERS / (SET_SLOTS * width)));
    // The first page has the module's stack.
    let end = PAGE_BYTES;
    const take = (words: number) => {
      const start = end;
      end += LINE_BYTES * Math.ceil((words * WORD_BYTES) / LINE_BYTES);
      return start;
    };
    const filled: [at: number, from: Int32Array | Float32Array | Uint8Array][] = [];
    const hold = (from: Int32Array | Float32Array | Uint8Array) => {
      const at = take(Math.ceil(from.byteLength / WORD_BYTES));
      filled.push([at, from]);
      return at;
    };
    this.model = take(DESCRIPTION);
    this.total = take(dimensions + 1);
    this.toldAt = take(TOLD);
    const ranked = kept ? hold(rankNgrams(kept)) : 0;
    const packed = packRows(facts);
    const describedRows = packed
      ? [
          ...[packed.parts, packed.width],
          ...[packed.codes, packed.centroids, packed.normCodes, packed.norms].map(hold),
          ...[hold(facts.words.rows), countSlots(facts.words.rows), packed.ngrams],
        ]
      : [];
    const sums = take(sets * SET_SLOTS * width);
    const words = take(sets * SET_SLOTS * WORD_NUMBERS);
    const sum = take(dimensions + 1);
    this.text = end + 16;
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(this.text / PAGE_BYTES) + 1 });
    const { buffer } = this.memory;
    const tellsWords = wordNgrams > 1 ? 1 : 0;
    new Int32Array(buffer, this.model).set([
      ...[dimensions, minn, maxn, buckets, ranked, tellsWords],
      ...[sets, width, sums, words, sum, this.toldAt],
      ...describedRows,
    ]);
    for (const [at, from] of filled)
      new Uint8Array(buffer, at).set(new Uint8Array(from.buffer, from.byteOffset, from.byteLength));
    this.view();
  }

  /** Makes room for a text of so many bytes, and one behind it. */
  holdText(bytes: number): void {
    const missing = this.text + bytes + 1 - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.view();
  }

  /** Views of a memory that has grown are empty. */
  private view(): void {
    const { buffer } = this.memory;
    this.floats = new Float32Array(buffer);
    this.sum = new Float32Array(buffer, this.total, this.facts.dimensions + 1);
    this.told = new Uint32Array(buffer, this.toldAt, TOLD);
    this.bytes = Buffer.from(buffer);
  }
}

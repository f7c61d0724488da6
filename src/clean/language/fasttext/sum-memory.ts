import type { FastTextModel } from "./read-model.js";

/** Numbers of all sums that are remembered, at most, with what stands behind each. */
const SUM_NUMBERS = 2 ** 22;
/** N-grams that are told at once, as `sum-words.c` has it. */
const TOLD = 1024;
/** Words of the description of a model there. */
const DESCRIPTION = 10;
const WORD_BYTES = 4;
const PAGE_BYTES = 65_536;

/**
 * The memory of `sum-words.c`: what it knows of a model, sums of words, and a text at the end, for which it grows.
 * Addresses are bytes. Most words of a text are frequent, or were just read in the paragraph whose sentences follow, so
 * sums are remembered, each until another word's hash leads to the same place: up to 16 MiB.
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
    // Behind a sum its number of rows and two hashes; vectors of four numbers are added faster from multiples of 16 bytes.
    const width = 4 * Math.ceil((dimensions + 3) / 4);
    const slots = 2 ** Math.floor(Math.log2(SUM_NUMBERS / width));
    // The first page has the module's stack.
    let end = PAGE_BYTES;
    const take = (words: number) => {
      const start = end;
      end += 16 * Math.ceil((words * WORD_BYTES) / 16);
      return start;
    };
    this.model = take(DESCRIPTION);
    this.total = take(dimensions + 1);
    this.toldAt = take(TOLD);
    const bits = kept ? take(kept.bits.length) : 0;
    const sums = take(slots * width);
    this.text = end + 16;
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(this.text / PAGE_BYTES) + 1 });
    const { buffer } = this.memory;
    if (kept) new Int32Array(buffer, bits).set(kept.bits);
    const tellsWords = wordNgrams > 1 ? 1 : 0;
    const described = [dimensions, minn, maxn, buckets, bits, tellsWords, slots, width, sums, this.toldAt];
    new Int32Array(buffer, this.model).set(described);
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

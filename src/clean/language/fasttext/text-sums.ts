import { readFileSync } from "node:fs";
import { countRow } from "./count-row.js";
import { ngramRow } from "./ngram-row.js";
import type { FastTextModel } from "./read-model.js";
import { findRow } from "./row-table.js";
import { SumMemory } from "./sum-memory.js";
import { WordNgrams } from "./word-ngrams.js";

/** Stands in the source folder, since the compiler copies none; `compile-wasm.sh` makes it of `sum-words.c`. */
const MODULE = new URL("../../../../../src/clean/language/fasttext/sum-words.wasm", import.meta.url);
const FLOAT_BYTES = 4;
/** Most bytes of a UTF-16 unit in UTF-8. */
const UNIT_BYTES = 3;

let compiled: WebAssembly.Module | undefined;

/** Adds up what a model knows of the words of a text. Memory: three bytes a UTF-16 unit of the longest, and 12 MiB. */
export class TextSums {
  private readonly memory: SumMemory;
  private readonly wordNgrams: WordNgrams | undefined;
  private readonly addUp: (model: number, text: number, length: number, total: number) => void;
  private readonly isMostlySmall: (text: number, length: number) => number;

  constructor(private readonly model: FastTextModel) {
    this.memory = new SumMemory(model);
    this.wordNgrams = model.wordNgrams > 1 ? new WordNgrams(model) : undefined;
    compiled ??= new WebAssembly.Module(readFileSync(MODULE));
    const { exports } = new WebAssembly.Instance(compiled, {
      env: {
        memory: this.memory.memory,
        addWord: (hash: number, check: number, sum: number) => this.addWord(hash, check, sum),
        addNgrams: (count: number, sum: number) => this.addNgrams(count, sum),
        tellWord: (hash: number) => this.wordNgrams?.next(hash),
      },
    });
    this.addUp = exports.addUp as typeof this.addUp;
    this.isMostlySmall = exports.isMostlySmall as typeof this.isMostlySmall;
  }

  /**
   * The sum of the rows of a text, and behind it their number, until the next text.
   *
   * @param fold what a text becomes before, unless at least half of its bytes are small letters of ASCII
   */
  of(text: string, fold?: (text: string) => string): Float32Array {
    const { memory } = this;
    let length = this.write(text);
    if (fold && !this.isMostlySmall(memory.text, length)) {
      const folded = fold(text);
      if (folded !== text) length = this.write(folded);
    }
    this.addUp(memory.model, memory.text, length, memory.total);
    this.wordNgrams?.addAll(memory.sum);
    return memory.sum;
  }

  private write(text: string): number {
    this.memory.holdText(UNIT_BYTES * text.length);
    return this.memory.bytes.write(text, this.memory.text);
  }

  private addWord(hash: number, check: number, sum: number): void {
    const row = findRow(this.model.words.rows, hash, check);
    if (row !== undefined) countRow(this.model, row, this.memory.floats, sum / FLOAT_BYTES);
  }

  private addNgrams(count: number, sum: number): void {
    const { told, floats } = this.memory;
    for (let i = 0; i < count; i++) {
      const row = ngramRow(this.model, told[i]);
      if (row !== undefined) countRow(this.model, row, floats, sum / FLOAT_BYTES);
    }
  }
}

import { CLASS_PREFIX, LINE_END } from "./read-dictionary.js";
import type { FastTextModel } from "./read-model.js";
import { addToCheck, addToHash, CHECK_START, HASH_START } from "./word-hash.js";
import { WordNgrams } from "./word-ngrams.js";
import { WordSums } from "./word-sums.js";

const LINE_END_BYTES = Buffer.from(LINE_END);
const CLASS_BYTES = Buffer.from(CLASS_PREFIX);

/** Most bytes of a UTF-16 unit in UTF-8. */
const UNIT_BYTES = 3;

/** Adds up what a model knows of the words of a text. Memory: three bytes a UTF-16 unit of the longest. */
export class TextSums {
  private readonly words: WordSums;
  private readonly wordNgrams: WordNgrams | undefined;
  /** A text in UTF-8, with a byte before and after it. */
  private bytes = Buffer.alloc(2 ** 16);

  constructor(model: FastTextModel) {
    this.words = new WordSums(model);
    this.wordNgrams = model.wordNgrams > 1 ? new WordNgrams(model) : undefined;
  }

  /** @param total a sum as `addNgramRows` has it */
  add(text: string, total: Float32Array): void {
    const most = UNIT_BYTES * text.length + 2;
    if (this.bytes.length < most) this.bytes = Buffer.alloc(most);
    const { bytes, words, wordNgrams } = this;
    const end = 1 + bytes.write(text, 1);
    bytes[end] = 0;
    for (let start = 1; start < end; start++) {
      let [hash, check] = [HASH_START, CHECK_START];
      let at = start;
      for (let byte = bytes[at]; !isSpace(byte); byte = bytes[++at]) {
        hash = addToHash(hash, byte);
        check = addToCheck(check, byte);
      }
      if (at > start) {
        const length = at - start;
        if (length === LINE_END_BYTES.length && hasAt(bytes, start, LINE_END_BYTES)) break;
        if (!hasAt(bytes, start, CLASS_BYTES)) {
          words.add({ hash, check, bytes, start, end: at }, total);
          wordNgrams?.next(hash);
        }
      }
      start = at;
    }
    wordNgrams?.addAll(total);
  }
}

/** Whether a byte parts words for fastText. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0 || (byte >= 0x09 && byte <= 0x0d);
}

function hasAt(bytes: Buffer, at: number, expected: Buffer): boolean {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
  return true;
}

import type { ModelReader } from "./model-reader.js";
import { addToRowTable, findRow, newRowTable, type RowTable } from "./row-table.js";
import { hashWord } from "./word-hash.js";

/** What a model knows words and classes by. */
export interface Dictionary {
  /** Rows of the words, by the two hashes of each. */
  words: { count: number; rows: RowTable };
  /** The row of the end of a line, if the model has one. */
  lineEnd: number | undefined;
  /** Rows of the n-grams, by their numbers, where not all were kept. */
  kept: KeptNgrams | undefined;
  /** Names of the classes, the most frequent first, and how often each was seen. */
  labels: string[];
  counts: number[];
}

/** The n-grams of a model that was pruned. */
export interface KeptNgrams {
  count: number;
  /** One bit for each number, set where it has a row: most n-grams of a text have none. */
  bits: Int32Array;
  rows: RowTable;
}

const CLASS = 1;
/** Bytes of an entry at least, and of an n-gram that was kept. */
const LEAST_ENTRY = 10;
const NGRAM = 8;
/** The end of a line, which fastText counts as a word. */
export const LINE_END = "</s>";
/** What marks the name of a class. */
export const CLASS_PREFIX = "__label__";

/** @throws ModelError if it is cut short, or is none */
export function readDictionary(reader: ModelReader, buckets: number): Dictionary {
  const [size, wordCount, classCount] = [reader.int32(), reader.int32(), reader.int32()];
  // How many words were read in training.
  reader.skip(8);
  const keptCount = reader.int64();
  if (wordCount < 0 || classCount < 0 || size !== wordCount + classCount)
    reader.refuse(`it counts ${wordCount} words and ${classCount} labels in ${size} entries`);
  reader.expect(LEAST_ENTRY * size);
  const rows = newRowTable(wordCount);
  const labels: string[] = [];
  const counts: number[] = [];
  for (let i = 0; i < size; i++) {
    const text = reader.text();
    const count = reader.int64();
    if (reader.uint8() === CLASS) {
      labels.push(text.toString());
      counts.push(count);
    } else if (i < wordCount) addToRowTable(rows, ...hashWord(text), i);
    else reader.refuse("a word stands behind its labels");
  }
  if (labels.length !== classCount)
    reader.refuse(`${labels.length} of its entries are labels; expected ${classCount}`);
  const kept = keptCount >= 0 ? readKept(reader, keptCount, wordCount, buckets) : undefined;
  const lineEnd = findRow(rows, ...hashWord(Buffer.from(LINE_END)));
  return { words: { count: wordCount, rows }, lineEnd, kept, labels, counts };
}

function readKept(reader: ModelReader, count: number, firstRow: number, buckets: number): KeptNgrams {
  reader.expect(NGRAM * count);
  const bits = new Int32Array(new SharedArrayBuffer(4 * ((buckets >>> 5) + 1)));
  const rows = newRowTable(count);
  for (let i = 0; i < count; i++) {
    const [number, row] = [reader.int32(), reader.int32()];
    if (row < 0 || row >= count) reader.refuse(`an n-gram has row ${row} of ${count}`);
    bits[number >>> 5] |= 1 << number;
    addToRowTable(rows, number, 0, firstRow + row);
  }
  return { count, bits, rows };
}

import { createHash } from "node:crypto";
import { ModelError } from "../../../errors.js";
import { HashTable } from "../../../store/hashes/hash-table.js";
import { ByteReader } from "./byte-reader.js";
import { NgramRows } from "./ngram-rows.js";
import { QuantisedRows } from "./quantised-rows.js";
import { hashWord } from "./word-hash.js";

/** A classifier of fastText (Joulin et al. 2016): what its hidden layer and its output are made of. */
export interface FastTextModel {
  dimensions: number;
  /** Fewest and most characters of an n-gram. */
  minn: number;
  maxn: number;
  /** Rows of the words, by the two hashes of each. */
  words: HashTable;
  /** The row of the end of a line, if the model has one. */
  lineEnd: number | undefined;
  /** N-grams are hashed to this many numbers. */
  buckets: number;
  /** Rows of the n-grams that the model has kept, by their numbers. */
  ngrams: NgramRows;
  /** A vector a word, and then a vector an n-gram. */
  rows: QuantisedRows;
  /** Names of the classes without `__label__`, the most frequent first, and how often each was seen. */
  labels: string[];
  counts: number[];
  /** A vector an inner node of the tree over the classes. */
  nodes: Float32Array;
}

/** The SHA-256 of lid.176.ftz. Numbers of another length or place would be read as if they were right. */
const LID_176 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83";
const CLASS = 1;
/** The end of a line, which fastText counts as a word. */
export const LINE_END = "</s>";
/** What marks the name of a class. */
export const CLASS_PREFIX = "__label__";

/**
 * Reads lid.176 as fastText's `quantize` writes it (`.ftz`, version 12): a classifier with hierarchical softmax over
 * words and their n-grams of two characters or more, whose output layer is not quantised.
 *
 * @throws ModelError if it is not this very model
 */
export function readModel(bytes: Buffer, path: string): FastTextModel {
  if (createHash("sha256").update(bytes).digest("hex") !== LID_176)
    throw new ModelError(`${path}: is damaged, or not the model lid.176 that this version knows.`, {
      advice: "Install crisscross again.",
    });
  const reader = new ByteReader(bytes);
  // What the file is, and its version.
  reader.skip(8);
  const [dimensions, , , , , , , , buckets, minn, maxn] = Array.from({ length: 12 }, () => reader.int32());
  // What the rate of learning was.
  reader.skip(8);
  const dictionary = readDictionary(reader, buckets);
  // Whether the hidden layer is quantised.
  reader.skip(1);
  const rows = new QuantisedRows(reader);
  // Whether the output layer is.
  reader.skip(1);
  const nodes = reader.float32s(reader.int64() * reader.int64());
  return { dimensions, minn, maxn, buckets, ...dictionary, rows, nodes };
}

function readDictionary(reader: ByteReader, buckets: number) {
  const [size, wordCount] = [reader.int32(), reader.int32()];
  // The number of classes, and how many words were read in training.
  reader.skip(4 + 8);
  const keptNgrams = reader.int64();
  const words = new HashTable({ values: true });
  let row = 0;
  const [labels, counts]: [string[], number[]] = [[], []];
  for (let i = 0; i < size; i++) {
    const text = reader.text();
    const count = reader.int64();
    if (reader.uint8() === CLASS) {
      labels.push(text.slice(CLASS_PREFIX.length));
      counts.push(count);
    } else words.add(...hashWord(Buffer.from(text)), row++);
  }
  const ngrams = new NgramRows(buckets);
  for (let i = 0; i < keptNgrams; i++) ngrams.set(reader.int32(), wordCount + reader.int32());
  const lineEnd = words.get(...hashWord(Buffer.from(LINE_END)));
  return { words, lineEnd, ngrams, labels, counts };
}

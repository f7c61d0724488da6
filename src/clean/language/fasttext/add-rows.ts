import type { EncodedWord } from "./encoded-word.js";
import { addRow } from "./matrix.js";
import { ngramRow } from "./ngram-row.js";
import type { FastTextModel } from "./read-model.js";
import { addToHash, HASH_START } from "./word-hash.js";

/** What marks a word's two ends, as if they were characters of it. */
const BEGIN = 0x3c;
const END = 0x3e;

/**
 * Adds up the rows of a word's n-grams. The byte before the word and the one behind it are written over.
 *
 * @param sum from `at` on as many numbers as a row has, and behind them the number of rows
 */
export function addNgramRows(
  model: FastTextModel,
  { bytes, start, end }: EncodedWord,
  sum: Float32Array,
  at: number,
): void {
  const { minn, maxn } = model;
  // Of whole numbers without a sign the remainder is taken without fractions, several times as fast.
  const buckets = model.buckets >>> 0;
  bytes[start - 1] = BEGIN;
  bytes[end] = END;
  for (let first = start - 1; first <= end; first++) {
    if (!beginsCharacter(bytes[first])) continue;
    let hash = HASH_START;
    for (let byte = first, characters = 1; byte <= end && characters <= maxn; characters++) {
      do hash = addToHash(hash, bytes[byte++]);
      while (byte <= end && !beginsCharacter(bytes[byte]));
      // A mark alone says nothing of the word.
      const isMark = characters === 1 && (first === start - 1 || byte === end + 1);
      if (characters < minn || isMark) continue;
      const row = ngramRow(model, (hash >>> 0) % buckets);
      if (row !== undefined) countRow(model, row, sum, at);
    }
  }
}

/** Adds one row, and counts it. */
export function countRow(
  { input, dimensions }: FastTextModel,
  row: number,
  sum: Float32Array,
  at: number,
): void {
  addRow(input, row, sum, at);
  sum[at + dimensions]++;
}

/** Whether a byte of UTF-8 is the first of a character. */
function beginsCharacter(byte: number): boolean {
  return (byte & 0xc0) !== 0x80;
}

import type { KeptNgrams } from "./read-dictionary.js";
import type { FastTextModel } from "./read-model.js";
import { findRow } from "./row-table.js";

const WORD_BITS = 32;

/** Packed rows of the n-grams that a pruned model has kept, in the order of their numbers, and then of its words. */
export interface PackedRows {
  parts: number;
  width: number;
  /** A centroid for each part of each row. */
  codes: Uint8Array;
  centroids: Float32Array;
  /** For each row which of the lengths is its own. */
  normCodes: Uint8Array;
  norms: Float32Array;
  /** How many of n-grams stand before those of words. */
  ngrams: number;
}

/** Nothing for a model that has kept all n-grams, or whose rows are not packed. */
export function packRows({ kept, words, input }: FastTextModel): PackedRows | undefined {
  if (!kept || !("codes" in input)) return undefined;
  const { parts, width, centroids, norms } = input;
  const rows = [...numbersOf(kept)].map((number) => findRow(kept.rows, number, 0)!);
  for (let word = 0; word < words.count; word++) rows.push(word);
  const codes = new Uint8Array(rows.length * parts);
  const normCodes = new Uint8Array(rows.length);
  for (const [at, row] of rows.entries()) {
    for (let part = 0; part < parts; part++) codes[at * parts + part] = input.codes[row * parts + part];
    if (norms) normCodes[at] = norms.codes[row];
  }
  const lengths = norms?.centroids ?? Float32Array.of(1);
  return { parts, width, codes, centroids, normCodes, norms: lengths, ngrams: rows.length - words.count };
}

/** For each 32 numbers of n-grams which have a row, a bit each, and how many lower numbers have one. */
export function rankNgrams({ bits }: KeptNgrams): Int32Array {
  const ranked = new Int32Array(2 * bits.length);
  let before = 0;
  for (const [i, word] of bits.entries()) {
    ranked[2 * i] = word;
    ranked[2 * i + 1] = before;
    for (let rest = word; rest !== 0; rest &= rest - 1) before++;
  }
  return ranked;
}

/** Ascending. */
function* numbersOf({ bits }: KeptNgrams): Generator<number> {
  for (const [i, word] of bits.entries())
    for (let rest = word; rest !== 0; rest &= rest - 1)
      yield i * WORD_BITS + (WORD_BITS - 1 - Math.clz32(rest & -rest));
}

import type { KeptNgrams } from "./read-dictionary.js";
import type { FastTextModel } from "./read-model.js";
import { findRow } from "./row-table.js";

const WORD_BITS = 32;

/** Packed rows of the n-grams that a pruned model has kept, in the order of their numbers. */
export interface PackedNgrams {
  parts: number;
  width: number;
  /** A centroid for each part of each row. */
  codes: Uint8Array;
  centroids: Float32Array;
  /** For each row which of the lengths is its own. */
  normCodes: Uint8Array;
  norms: Float32Array;
}

/** Nothing for a model that has kept all n-grams, or whose rows are not packed. */
export function packNgrams({ kept, input }: FastTextModel): PackedNgrams | undefined {
  if (!kept || !("codes" in input)) return undefined;
  const { parts, width, centroids, norms } = input;
  const codes = new Uint8Array(kept.count * parts);
  const normCodes = new Uint8Array(kept.count);
  let at = 0;
  for (const number of numbersOf(kept)) {
    const row = findRow(kept.rows, number, 0)!;
    for (let part = 0; part < parts; part++) codes[at * parts + part] = input.codes[row * parts + part];
    if (norms) normCodes[at] = norms.codes[row];
    at++;
  }
  return { parts, width, codes, centroids, normCodes, norms: norms?.centroids ?? Float32Array.of(1) };
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

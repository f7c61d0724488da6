import { type Bags, countBags, packBags } from "./bags.js";

/** What is hidden of a pair, so that it teaches what is not known yet. */
export interface HideKnown {
  /** The probability that a pair is trained on without what is known of it, drawn anew at each step. */
  share: number;
  /** A piece is known if a piece of the other side has a row of at least this cosine, before training. */
  similarity: number;
}

/** Both sides of pairs. */
export interface PairBags {
  source: Bags;
  target: Bags;
}

/** A pair that would keep fewer pieces of a side than this stays whole. */
const LEAST_PIECES = 3;
const PAIRS_AT_ONCE = 64;

/** The rows of a table, and one over the length of each, 0 for a row of zeros. */
export interface KnownRows {
  table: Float32Array;
  dimensions: number;
  inverse: Float32Array;
}

/** Measures a table's rows, once for all pairs. Memory: 4 bytes a row. */
export function knowRows(table: Float32Array, dimensions: number): KnownRows {
  const inverse = new Float32Array(table.length / dimensions);
  for (let row = 0; row < inverse.length; row++) {
    let squares = 0;
    for (let i = row * dimensions; i < (row + 1) * dimensions; i++) squares += table[i] * table[i];
    inverse[row] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  }
  return { table, dimensions, inverse };
}

/**
 * Takes from every pair the pieces whose counterpart on the other side the table knows already: names, numbers, loans.
 * A pair that is easily told by them has next to no contrastive loss, and would teach nothing about its other words.
 *
 * Time: one product of rows for each two pieces of a pair.
 *
 * @throws the signal's reason when it aborts
 */
export async function hideKnown(
  { source, target }: PairBags,
  rows: KnownRows,
  { similarity, signal }: Pick<HideKnown, "similarity"> & { signal?: AbortSignal },
): Promise<PairBags> {
  const shown: Record<keyof PairBags, Int32Array[]> = { source: [], target: [] };
  for (let pair = 0; pair < countBags(source); pair++) {
    if (pair % PAIRS_AT_ONCE === 0) {
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    }
    const whole = [bagOf(source, pair), bagOf(target, pair)];
    const rest = withoutKnown(whole[0], whole[1], rows, similarity);
    const [x, y] = rest.every(({ length }) => length >= LEAST_PIECES) ? rest : whole;
    shown.source.push(x);
    shown.target.push(y);
  }
  return { source: packBags(shown.source), target: packBags(shown.target) };
}

function bagOf({ pieces, offsets }: Bags, bag: number): Int32Array {
  return pieces.subarray(offsets[bag], offsets[bag + 1]);
}

function withoutKnown(
  source: Int32Array,
  target: Int32Array,
  rows: KnownRows,
  similarity: number,
): [Int32Array, Int32Array] {
  const known = { source: new Uint8Array(source.length), target: new Uint8Array(target.length) };
  for (let i = 0; i < source.length; i++)
    for (let j = 0; j < target.length; j++)
      if (!(known.source[i] && known.target[j]) && isAlike(source[i], target[j], rows, similarity))
        known.source[i] = known.target[j] = 1;
  return [source.filter((_, i) => !known.source[i]), target.filter((_, j) => !known.target[j])];
}

function isAlike(a: number, b: number, { table, dimensions, inverse }: KnownRows, similarity: number) {
  if (a === b) return true;
  let product = 0;
  for (let i = 0, x = a * dimensions, y = b * dimensions; i < dimensions; i++)
    product += table[x + i] * table[y + i];
  return product * inverse[a] * inverse[b] > similarity;
}

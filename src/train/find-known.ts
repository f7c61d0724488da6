import { pause } from "../flow/pause.js";
import { type Block, dot } from "../statistics/dot.js";
import { Bits } from "../store/hashes/bits.js";
import { type Bags, countBags, type StoredBags, takeBags } from "./bags.js";

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

/** The same, wherever they are kept. */
export type StoredPairs = Record<keyof PairBags, StoredBags>;

/** Of both sides, by the places of their pieces, which are known by the other side. */
export type KnownPieces = Record<keyof PairBags, Bits>;

/** A pair that would keep fewer pieces of a side than this stays whole. */
const LEAST_PIECES = 3;
const PAIRS_AT_ONCE = 64;

/** The rows of a table, and one over the length of each, 0 for a row of zeros. */
export interface KnownRows extends Block {
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
  return { data: table, dimensions, inverse };
}

/**
 * Finds the pieces of every pair whose counterpart on the other side the table knows already: names, numbers, loans. A
 * pair that is easily told by them has next to no contrastive loss, and would teach nothing about its other words.
 *
 * Time: one product of rows for each two pieces of a pair. Memory: a bit for each piece.
 *
 * @throws the signal's reason when it aborts
 */
export async function findKnown(
  { source, target }: StoredPairs,
  rows: KnownRows,
  { similarity, signal }: Pick<HideKnown, "similarity"> & { signal?: AbortSignal },
): Promise<KnownPieces> {
  const known = { source: new Bits(), target: new Bits() };
  const pairs = countBags(source);
  for (let first = 0; first < pairs; first += PAIRS_AT_ONCE) {
    await pause(signal);
    const indices = range(first, Math.min(first + PAIRS_AT_ONCE, pairs));
    const [x, y] = [source, target].map((bags) => takeBags([{ bags, indices }], Number.POSITIVE_INFINITY));
    for (const i of indices.keys()) {
      const marks = markKnown(bagOf(x, i), bagOf(y, i), rows, similarity);
      const hides = marks.every((side) => side.filter((mark) => mark === 0).length >= LEAST_PIECES);
      for (const mark of marks[0]) known.source.push(hides && mark === 1);
      for (const mark of marks[1]) known.target.push(hides && mark === 1);
    }
  }
  return known;
}

/** Pairs without what is known of them. */
export function withoutKnown({ source, target }: StoredPairs, known: KnownPieces): PairBags {
  const rest = (bags: StoredBags, pieces: Bits): Bags => {
    const indices = range(0, countBags(bags));
    const hidden = { pieces, of: indices.map(() => true) };
    return takeBags([{ bags, indices, hidden }], Number.POSITIVE_INFINITY);
  };
  return { source: rest(source, known.source), target: rest(target, known.target) };
}

const range = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i);

function bagOf({ pieces, offsets }: Bags, bag: number): Int32Array {
  return pieces.subarray(offsets[bag], offsets[bag + 1]);
}

/** 1 for each piece that is known by one of the other side. */
function markKnown(
  source: Int32Array,
  target: Int32Array,
  rows: KnownRows,
  similarity: number,
): [source: Uint8Array, target: Uint8Array] {
  const known = { source: new Uint8Array(source.length), target: new Uint8Array(target.length) };
  for (let i = 0; i < source.length; i++)
    for (let j = 0; j < target.length; j++)
      if (!(known.source[i] && known.target[j]) && isAlike(source[i], target[j], rows, similarity))
        known.source[i] = known.target[j] = 1;
  return [known.source, known.target];
}

function isAlike(a: number, b: number, rows: KnownRows, similarity: number) {
  return a === b || dot(rows, a, rows, b) * rows.inverse[a] * rows.inverse[b] > similarity;
}

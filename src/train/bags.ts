import type { Bits } from "../store/hashes/bits.js";
import type { FileBags } from "./file-bags.js";

/** Sentences as bags of rows of a table, packed: bag i holds pieces[offsets[i]] … pieces[offsets[i + 1] − 1]. */
export interface Bags {
  readonly pieces: Int32Array;
  /** One more than there are bags; the first is 0. */
  readonly offsets: Uint32Array;
}

/** Bags in memory, or in a file. */
export type StoredBags = Bags | FileBags;

export const countBags = (bags: StoredBags) => bags.offsets.length - 1;

export function packBags(lists: readonly ArrayLike<number>[]): Bags {
  const offsets = new Uint32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) offsets[i + 1] = offsets[i] + list.length;
  const pieces = new Int32Array(offsets[lists.length]);
  for (const [i, list] of lists.entries()) pieces.set(list, offsets[i]);
  return { pieces, offsets };
}

/** The bags of several packs, one after the other. */
export function joinBags(lists: readonly Bags[]): Bags {
  const pieces = new Int32Array(lists.reduce((sum, one) => sum + one.pieces.length, 0));
  const offsets = new Uint32Array(lists.reduce((sum, one) => sum + countBags(one), 0) + 1);
  let [at, bag] = [0, 0];
  for (const one of lists) {
    pieces.set(one.pieces, at);
    for (let i = 1; i < one.offsets.length; i++) offsets[++bag] = at + one.offsets[i];
    at += one.pieces.length;
  }
  return { pieces, offsets };
}

/** Some bags of one pack. */
export interface TakenBags {
  bags: StoredBags;
  indices: ArrayLike<number>;
  /** Pieces that are left out of some of these bags, by their places among all pieces of the pack. */
  hidden?: { pieces: Bits; of: ArrayLike<boolean> };
}

/** Some bags of each of several packs, one after the other, each cut after its first `maxPieces` pieces. */
export function takeBags(from: readonly TakenBags[], maxPieces: number): Bags {
  const offsets = new Uint32Array(from.reduce((sum, { indices }) => sum + indices.length, 0) + 1);
  const pieces = new Int32Array(from.reduce((sum, one) => sum + countPieces(one, maxPieces), 0));
  let [length, bag] = [0, 0];
  for (const { bags, indices, hidden } of from) {
    for (let i = 0; i < indices.length; i++) {
      const start = bags.offsets[indices[i]];
      const end = bags.offsets[indices[i] + 1];
      if (hidden?.of[i]) {
        const whole = copyPieces(bags, start, new Int32Array(end - start));
        const most = length + maxPieces;
        for (let j = 0; j < whole.length && length < most; j++)
          if (!hidden.pieces.at(start + j)) pieces[length++] = whole[j];
      } else {
        const size = Math.min(end - start, maxPieces);
        copyPieces(bags, start, pieces.subarray(length, length + size));
        length += size;
      }
      offsets[++bag] = length;
    }
  }
  return { pieces: pieces.subarray(0, length), offsets };
}

/** The most that bags have once they are cut. */
function countPieces({ bags: { offsets }, indices }: TakenBags, maxPieces: number): number {
  let sum = 0;
  for (let i = 0; i < indices.length; i++)
    sum += Math.min(offsets[indices[i] + 1] - offsets[indices[i]], maxPieces);
  return sum;
}

/** Fills an array with a pack's pieces from a place on. */
function copyPieces(bags: StoredBags, start: number, into: Int32Array): Int32Array {
  if ("pieces" in bags) into.set(bags.pieces.subarray(start, start + into.length));
  else bags.read(start, into);
  return into;
}

/** Drops every piece with the same probability; a bag that would lose all of its pieces keeps all. */
export function dropPieces({ pieces, offsets }: Bags, probability: number, next: () => number): Bags {
  const kept = new Int32Array(pieces.length);
  const ends = new Uint32Array(offsets.length);
  let length = 0;
  for (let bag = 0; bag + 1 < offsets.length; bag++) {
    for (let i = offsets[bag]; i < offsets[bag + 1]; i++) {
      if (next() >= probability) kept[length++] = pieces[i];
    }
    if (length === ends[bag]) {
      kept.set(pieces.subarray(offsets[bag], offsets[bag + 1]), length);
      length += offsets[bag + 1] - offsets[bag];
    }
    ends[bag + 1] = length;
  }
  return { pieces: kept.subarray(0, length), offsets: ends };
}

/** For each bag the number of the first bag with the same pieces in the same order. */
export function numberBags(bags: Bags): Int32Array {
  const byHash = new Map<number, number[]>();
  return Int32Array.from({ length: countBags(bags) }, (_, bag) => {
    const hash = hashBag(bags, bag);
    const others = byHash.get(hash);
    if (!others) byHash.set(hash, [bag]);
    const same = others?.find((other) => equalBags(bags, other, bag));
    if (others && same === undefined) others.push(bag);
    return same ?? bag;
  });
}

/** FNV-1a, a piece at a time. */
function hashBag({ pieces, offsets }: Bags, bag: number): number {
  let hash = 0x811c9dc5;
  for (let i = offsets[bag]; i < offsets[bag + 1]; i++) hash = Math.imul(hash ^ pieces[i], 0x01000193);
  return hash;
}

function equalBags({ pieces, offsets }: Bags, a: number, b: number): boolean {
  const length = offsets[a + 1] - offsets[a];
  if (offsets[b + 1] - offsets[b] !== length) return false;
  for (let i = 0; i < length; i++) if (pieces[offsets[a] + i] !== pieces[offsets[b] + i]) return false;
  return true;
}

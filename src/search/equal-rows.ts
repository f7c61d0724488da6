import { HashTable } from "../store/hashes/hash-table.js";
import { halvesOf, openByteHash } from "../store/hashes/hash-text.js";
import { type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";
import type { VectorRows } from "../types/vectors.js";
import { ranges } from "./ranges.js";
import { roomToRead } from "./read-into.js";

/** Rows read at once. */
const READ_ROWS = 4096;

/** Which rows of a side are the same, byte for byte. */
export interface EqualRows {
  /** The first of each kind, in the order of the rows. */
  firsts: Uint32Array;
  /** For each row which kind it is of: where its first stands in `firsts`. */
  kinds: Uint32Array;
}

/**
 * Finds the equal rows of a side, by a 64-bit hash of their bytes (XXH64). Memory: 4 bytes a row, and 17 to 34 a distinct
 * one while they are looked for.
 *
 * @returns undefined where all rows differ
 */
export async function findEqualRows({ rows, dimensions, read }: VectorRows): Promise<EqualRows | undefined> {
  const hash = await openByteHash();
  const numbers = new HashTable({ values: true });
  const kinds = new Uint32Array(rows);
  const room = roomToRead(Math.min(rows, READ_ROWS), dimensions);
  for (const { first, end } of ranges(0, rows, READ_ROWS)) {
    const block = read(first, end, room);
    const width = dimensions * block.BYTES_PER_ELEMENT;
    const bytes = new Uint8Array(block.buffer, block.byteOffset, (end - first) * width);
    for (let row = first; row < end; row++) {
      const [low, high] = halvesOf(hash(bytes.subarray((row - first) * width, (row - first + 1) * width)));
      const next = numbers.size;
      kinds[row] = numbers.add(low, high, next) === "added" ? next : numbers.get(low, high)!;
    }
  }
  return numbers.size === rows ? undefined : { firsts: firstsOf(kinds, numbers.size), kinds };
}

function firstsOf(kinds: Uint32Array, count: number): Uint32Array {
  const firsts = new Uint32Array(count);
  let next = 0;
  for (const [row, kind] of kinds.entries()) if (kind === next) firsts[next++] = row;
  return firsts;
}

/** Rows that were looked up, and those among which; undefined where all of them differ. */
export interface ExpandedSides {
  rows: EqualRows | undefined;
  others: EqualRows | undefined;
}

/**
 * Gives every row what was found for its kind, and every kind that was found back its rows: the k nearest, equal cosines
 * in the order of their indices, as if all rows had been searched.
 */
export function expandNeighbours(found: Neighbours, { rows, others }: ExpandedSides, k: number): Neighbours {
  const count = rows?.kinds.length ?? found.rows;
  const indices = new Uint32Array(count * k).fill(NO_NEIGHBOUR);
  const cosines = new Float32Array(count * k).fill(Number.NEGATIVE_INFINITY);
  const lists = { rows: count, k, indices, cosines };
  const members = others && membersOf(others);
  for (let row = 0; row < count; row++) {
    const kind = rows?.kinds[row] ?? row;
    const first = rows?.firsts[kind] ?? row;
    if (first < row) {
      const from = first * k;
      indices.copyWithin(row * k, from, from + k);
      cosines.copyWithin(row * k, from, from + k);
      continue;
    }
    for (let slot = kind * found.k; slot < (kind + 1) * found.k; slot++) {
      const [other, cosine] = [found.indices[slot], found.cosines[slot]];
      if (other === NO_NEIGHBOUR) continue;
      const first = members ? members.starts[other] : other;
      const end = members ? Math.min(members.starts[other + 1], first + k) : first + 1;
      for (let at = first; at < end; at++) insert(lists, row, members ? members.rows[at] : at, cosine);
    }
  }
  return lists;
}

/** Puts a neighbour among a row's k nearest, of equal cosines the lower index first, where it is one of them. */
function insert({ k, indices, cosines }: Neighbours, row: number, index: number, cosine: number): void {
  const [first, last] = [row * k, row * k + k - 1];
  const isBehind = (at: number) => cosines[at] < cosine || (cosines[at] === cosine && indices[at] > index);
  if (!isBehind(last)) return;
  let at = last;
  for (; at > first && isBehind(at - 1); at--) {
    indices[at] = indices[at - 1];
    cosines[at] = cosines[at - 1];
  }
  indices[at] = index;
  cosines[at] = cosine;
}

/** The rows of each kind, ascending: those of kind n are `rows[starts[n]]` up to `rows[starts[n + 1]]`. */
interface Members {
  starts: Uint32Array;
  rows: Uint32Array;
}

function membersOf({ firsts, kinds }: EqualRows): Members {
  const starts = new Uint32Array(firsts.length + 1);
  for (const kind of kinds) starts[kind + 1]++;
  for (let kind = 0; kind < firsts.length; kind++) starts[kind + 1] += starts[kind];
  const rows = new Uint32Array(kinds.length);
  const next = starts.slice(0, firsts.length);
  for (const [row, kind] of kinds.entries()) rows[next[kind]++] = row;
  return { starts, rows };
}

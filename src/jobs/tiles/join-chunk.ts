import { joinNeighbours } from "../../search/candidates.js";
import { exactList } from "../../search/found-lists.js";
import type { Range } from "../../search/ranges.js";
import { type Candidates, type Neighbours, NO_NEIGHBOUR } from "../../types/neighbours.js";
import { type BlockRooms, mergedLists, type Stripe } from "./stripes.js";
import type { TileInfo } from "./tile-info.js";

/** Sources that are joined together: some rows of one stripe. */
export interface Chunk {
  stripe: Stripe;
  range: Range;
  rooms: BlockRooms;
  /** The sentences that they are. */
  sources: Uint32Array;
}

/** A target that has a source among its nearest, by sentence: source, target, rank (0 for a copy), cosine. */
export const WIDTH = 4;

/**
 * Joins both directions of some sources into their candidates.
 *
 * @param records the targets that have one of them among their nearest
 */
export function joinChunk(
  { stripe, range, rooms, sources }: Chunk,
  records: Float64Array,
  { k, wanted, searched, sentences }: TileInfo,
): { candidates: Candidates; copies: number } {
  const lists = mergedLists(stripe, range, Math.min(wanted, searched.target), rooms);
  const rowOf = new Map(Array.from(sources, (x, row) => [x, row]));
  const copies = new Set<string>();
  const forward = emptyNeighbours(lists.rows, Math.min(k, lists.k));
  for (let row = 0; row < lists.rows; row++) {
    const { nearest, excluded } = exactList(lists, row, k);
    for (const [i, { index, cosine }] of nearest.entries()) {
      forward.indices[row * forward.k + i] = index;
      forward.cosines[row * forward.k + i] = cosine;
    }
    for (const y of excluded) copies.add(`${sources[row]} ${y}`);
  }
  // Only targets that occur take part.
  const targets = distinct([
    ...[...forward.indices].filter((y) => y !== NO_NEIGHBOUR),
    ...Array.from({ length: records.length / WIDTH }, (_, i) => records[i * WIDTH + 1]),
  ]);
  const targetOf = new Map(Array.from(targets, (y, row) => [y, row]));
  for (const [slot, y] of forward.indices.entries())
    if (y !== NO_NEIGHBOUR) forward.indices[slot] = targetOf.get(y)!;

  const backward = emptyNeighbours(targets.length, Math.min(k, searched.source));
  for (let at = 0; at < records.length; at += WIDTH) {
    const [x, y, rank, cosine] = records.subarray(at, at + WIDTH);
    if (rank === 0) copies.add(`${x} ${y}`);
    else {
      const slot = targetOf.get(y)! * backward.k + rank - 1;
      backward.indices[slot] = rowOf.get(x)!;
      backward.cosines[slot] = cosine;
    }
  }
  const rows = { source: sources, target: targets };
  return { candidates: joinNeighbours({ forward, backward }, rows, sentences), copies: copies.size };
}

function emptyNeighbours(rows: number, k: number): Neighbours {
  return {
    rows,
    k,
    indices: new Uint32Array(rows * k).fill(NO_NEIGHBOUR),
    cosines: new Float32Array(rows * k),
  };
}

/** Ascending, each once. */
function distinct(numbers: number[]): Uint32Array {
  return Uint32Array.from(new Set(numbers)).sort();
}

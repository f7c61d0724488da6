import { joinNeighbours } from "../../search/candidates.js";
import { exactList } from "../../search/found-lists.js";
import { type Candidates, type Neighbours, NO_NEIGHBOUR } from "../../types/neighbours.js";
import type { ShardFolder } from "./read-shards.js";
import { type RowRange, readLists, readRows } from "./shard-files.js";

/** Sources that are joined together: some rows of one shard. */
export interface Chunk extends RowRange {
  shard: ShardFolder;
  /** The sentence of its first row. */
  start: number;
}

/** A target that has a source among its nearest, by sentence: source, target, rank, bits of the cosine. */
export const WIDTH = 4;

/**
 * Joins both directions of some sources into their candidates.
 *
 * @param records the targets that have one of them among their nearest
 */
export function joinChunk(chunk: Chunk, records: Uint32Array): { candidates: Candidates; copies: number } {
  const { info } = chunk.shard;
  const lists = readLists(chunk.shard, "forward", chunk);
  const sources = readRows(chunk.shard, "source", chunk);
  const rowOf = new Map(Array.from(sources, (x, row) => [x, row]));
  const copies = new Set<string>();
  const forward = emptyNeighbours(lists.rows, Math.min(info.k, lists.k));
  for (let row = 0; row < lists.rows; row++) {
    const { nearest, excluded } = exactList(lists, row, info.k);
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

  const backward = emptyNeighbours(targets.length, Math.min(info.k, info.searched.source));
  const cosines = new Float32Array(records.buffer, records.byteOffset, records.length);
  for (let at = 0; at < records.length; at += WIDTH) {
    const [x, y, rank] = records.subarray(at, at + WIDTH);
    if (rank === 0) copies.add(`${x} ${y}`);
    else {
      const slot = targetOf.get(y)! * backward.k + rank - 1;
      backward.indices[slot] = rowOf.get(x)!;
      backward.cosines[slot] = cosines[at + 3];
    }
  }
  const rows = { source: sources, target: targets };
  return { candidates: joinNeighbours({ forward, backward }, rows, info.sentences), copies: copies.size };
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

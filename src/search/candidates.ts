import { groupPlaces } from "../store/arrays/group-places.js";
import { type Candidates, type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";
import type { BothWays } from "./both-ways.js";

/** Which sentence a row of searched vectors stands for; the row itself where every sentence has one. */
export interface RowNumbers {
  source: Uint32Array;
  target: Uint32Array;
}

/**
 * Joins both directions' neighbours into one table of distinct pairs, by source, then target.
 *
 * @param sentences how many sentences each side has
 */
export function joinNeighbours(
  { forward, backward }: BothWays,
  rows: RowNumbers,
  sentences: { source: number; target: number },
): Candidates {
  const bySource = groupPlaces(backward.indices, forward.rows);
  const capacity = countNeighbours(forward) + countNeighbours(backward);
  const source = new Uint32Array(capacity);
  const target = new Uint32Array(capacity);
  const cosine = new Float32Array(capacity);
  const forwardRank = new Uint16Array(capacity);
  const backwardRank = new Uint16Array(capacity);
  let length = 0;

  for (let x = 0; x < forward.rows; x++) {
    const pairs = new Map<number, { cosine: number; forward: number; backward: number }>();
    for (let rank = 1; rank <= forward.k; rank++) {
      const slot = x * forward.k + rank - 1;
      const y = forward.indices[slot];
      if (y !== NO_NEIGHBOUR) pairs.set(y, { cosine: forward.cosines[slot], forward: rank, backward: 0 });
    }
    for (let at = bySource.starts[x]; at < bySource.starts[x + 1]; at++) {
      const slot = bySource.places[at];
      const y = Math.floor(slot / backward.k);
      const rank = (slot % backward.k) + 1;
      const known = pairs.get(y);
      if (known) known.backward = rank;
      else pairs.set(y, { cosine: backward.cosines[slot], forward: 0, backward: rank });
    }
    for (const y of [...pairs.keys()].sort((a, b) => a - b)) {
      const pair = pairs.get(y)!;
      source[length] = rows.source[x];
      target[length] = rows.target[y];
      cosine[length] = pair.cosine;
      forwardRank[length] = pair.forward;
      backwardRank[length] = pair.backward;
      length++;
    }
  }
  return {
    length,
    k: Math.max(forward.k, backward.k),
    sourceRows: sentences.source,
    targetRows: sentences.target,
    source: source.slice(0, length),
    target: target.slice(0, length),
    cosine: cosine.slice(0, length),
    forwardRank: forwardRank.slice(0, length),
    backwardRank: backwardRank.slice(0, length),
  };
}

function countNeighbours({ indices }: Neighbours): number {
  let count = 0;
  for (const index of indices) if (index !== NO_NEIGHBOUR) count++;
  return count;
}

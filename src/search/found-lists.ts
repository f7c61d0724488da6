import { type FoundLists, type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";
import type { VectorRows } from "../types/vectors.js";
import { exactCosines, type RescoreOptions } from "./rescore.js";

/** Adds the exact cosines; pairs that are excluded get none. */
export function listFound(
  found: Neighbours,
  rows: VectorRows,
  others: VectorRows,
  { excluded = () => false, heldRows = others.rows }: Pick<RescoreOptions, "excluded" | "heldRows">,
): FoundLists {
  const { k } = found;
  const exact = exactCosines(found, rows, others, heldRows);
  for (let row = 0; row < found.rows; row++)
    for (let slot = row * k; slot < (row + 1) * k; slot++) {
      const index = found.indices[slot];
      if (index === NO_NEIGHBOUR || excluded(row, index)) exact[slot] = Number.NaN;
    }
  return { rows: found.rows, k, indices: found.indices, found: found.cosines, exact };
}

/** Where lists lie, of any number of slots. */
export type ListRoom = Pick<FoundLists, "indices" | "found" | "exact">;

export const roomFor = (slots: number): ListRoom => ({
  indices: new Uint32Array(slots),
  found: new Float32Array(slots),
  exact: new Float32Array(slots),
});

/** The first slots of a room. */
export const firstSlots = ({ indices, found, exact }: ListRoom, slots: number): ListRoom => ({
  indices: indices.subarray(0, slots),
  found: found.subarray(0, slots),
  exact: exact.subarray(0, slots),
});

/** Merges lists of the same rows from shards of the other side, in any order. */
export class MergedLists implements FoundLists {
  readonly indices: Uint32Array;
  readonly found: Float32Array;
  readonly exact: Float32Array;

  /** @param room where they are merged, if it is used again and again */
  constructor(
    readonly rows: number,
    readonly k: number,
    room = roomFor(rows * k),
  ) {
    const { indices, found, exact } = firstSlots(room, rows * k);
    this.indices = indices.fill(NO_NEIGHBOUR);
    this.found = found.fill(Number.NEGATIVE_INFINITY);
    this.exact = exact.fill(Number.NaN);
  }

  add(lists: FoundLists): void {
    const { k } = this;
    for (let row = 0; row < this.rows; row++) {
      const end = (row + 1) * k;
      for (let from = row * lists.k; from < (row + 1) * lists.k; from++) {
        let slot = end;
        while (slot > row * k && this.isBehind(slot - 1, lists, from)) slot--;
        if (slot === end) break;
        for (let to = end - 1; to > slot; to--) this.copy(this, to - 1, to);
        this.copy(lists, from, slot);
      }
    }
  }

  /** Equal ones stand in the order of their indices. */
  private isBehind(slot: number, { found, indices }: FoundLists, from: number): boolean {
    if (this.found[slot] !== found[from]) return this.found[slot] < found[from];
    return this.indices[slot] > indices[from];
  }

  private copy(from: FoundLists, slot: number, to: number): void {
    this.indices[to] = from.indices[slot];
    this.found[to] = from.found[slot];
    this.exact[to] = from.exact[slot];
  }
}

/** A row's k nearest by their exact cosines, equal ones by index, without the excluded pairs. */
export interface ExactList {
  nearest: { index: number; cosine: number }[];
  excluded: number[];
}

export function exactList(lists: FoundLists, row: number, k: number): ExactList {
  const nearest: ExactList["nearest"] = [];
  const excluded: number[] = [];
  for (let slot = row * lists.k; slot < (row + 1) * lists.k; slot++) {
    const [index, cosine] = [lists.indices[slot], lists.exact[slot]];
    if (index === NO_NEIGHBOUR) continue;
    if (Number.isNaN(cosine)) excluded.push(index);
    else nearest.push({ index, cosine });
  }
  nearest.sort((a, b) => b.cosine - a.cosine || a.index - b.index);
  return { nearest: nearest.slice(0, k), excluded };
}

import { type Neighbours, NO_NEIGHBOUR } from "../types/neighbours.js";

/**
 * The nearest rows found so far for each row: the k highest cosines, of equal ones those of the lower indices. The
 * result does not depend on the order in which neighbours are offered.
 *
 * Memory: 8 · k bytes a row.
 */
export class Nearest implements Neighbours {
  readonly indices: Uint32Array;
  readonly cosines: Float32Array;

  constructor(
    readonly rows: number,
    readonly k: number,
  ) {
    this.indices = new Uint32Array(rows * k).fill(NO_NEIGHBOUR);
    this.cosines = new Float32Array(rows * k).fill(Number.NEGATIVE_INFINITY);
  }

  /** The lowest cosine that a row keeps: what is below is not kept. */
  floor(row: number): number {
    return this.cosines[(row + 1) * this.k - 1];
  }

  /** Offers a neighbour, perhaps again and then with the same cosine, and gives the row's floor afterwards. */
  offer(row: number, index: number, cosine: number): number {
    const { indices, cosines, k } = this;
    const start = row * k;
    const last = start + k - 1;
    let slot = last + 1;
    while (slot > start && cosines[slot - 1] < cosine) slot--;
    while (slot > start && cosines[slot - 1] === cosine && indices[slot - 1] > index) slot--;
    const isKnown = slot > start && cosines[slot - 1] === cosine && indices[slot - 1] === index;
    if (slot > last || isKnown) return cosines[last];
    for (let to = last; to > slot; to--) {
      cosines[to] = cosines[to - 1];
      indices[to] = indices[to - 1];
    }
    cosines[slot] = cosine;
    indices[slot] = index;
    return cosines[last];
  }
}

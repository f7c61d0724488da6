import { type Neighbours, NO_NEIGHBOUR } from "../types.js";

/** The nearest found so far of each row, kept while blocks of the other side arrive in ascending order. */
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

  /**
   * Merges the best of one block into the rows from `firstRow`.
   *
   * @param cosines `count` a row, descending
   * @param indices their columns within the block, `count` a row
   * @param offset the index of the block's first column; a later block must have a higher one, so that equal cosines
   *   stay in the order of their indices
   */
  merge(firstRow: number, cosines: Float32Array, indices: Int32Array, count: number, offset: number): void {
    const { k } = this;
    const blockRows = cosines.length / count;
    for (let row = 0; row < blockRows; row++) {
      const end = (firstRow + row + 1) * k;
      for (let from = row * count; from < (row + 1) * count; from++) {
        if (!(cosines[from] > this.cosines[end - 1])) break;
        this.insert(end - k, end, cosines[from], indices[from] + offset);
      }
    }
  }

  private insert(start: number, end: number, cosine: number, index: number): void {
    let slot = end - 1;
    while (slot > start && this.cosines[slot - 1] < cosine) {
      this.cosines[slot] = this.cosines[slot - 1];
      this.indices[slot] = this.indices[slot - 1];
      slot--;
    }
    this.cosines[slot] = cosine;
    this.indices[slot] = index;
  }
}

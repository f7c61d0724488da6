import { DOTS_AT_ONCE, kernelOf, type RowKernel } from "../runtime/rows/row-kernel.js";
import type { Block } from "../statistics/dot.js";

/** Inner products of rows with others that are read already, bit for bit those of `dot`, several at once. */
export class Dots {
  private readonly kernel: RowKernel;
  private readonly isHeld: boolean;

  constructor(private readonly others: Block) {
    this.kernel = kernelOf(others.data, others.dimensions);
    this.isHeld = this.kernel.rows.buffer === others.data.buffer;
  }

  /**
   * The products of one row with some of the others.
   *
   * @param data where the row is the one at `row`
   * @param at which of the others
   * @param products where they are put
   */
  of({ data, dimensions }: Block, row: number, at: Uint32Array, products: Float32Array): void {
    const { kernel } = this;
    kernel.row.set(data.subarray(row * dimensions, (row + 1) * dimensions));
    for (let first = 0; first < at.length; first += DOTS_AT_ONCE) {
      const some = Math.min(DOTS_AT_ONCE, at.length - first);
      for (let i = 0; i < some; i++) kernel.others[i] = this.addressOf(at[first + i], i);
      const { row, others, found } = kernel;
      kernel.dots(row.byteOffset, others.byteOffset, some, dimensions, found.byteOffset);
      for (let i = 0; i < some; i++) products[first + i] = found[i];
    }
  }

  /** Where another row is; those that lie elsewhere are copied to a place. */
  private addressOf(row: number, place: number): number {
    const { data, dimensions } = this.others;
    const { rows } = this.kernel;
    if (this.isHeld) return data.byteOffset + row * dimensions * data.BYTES_PER_ELEMENT;
    rows.set(data.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
    return rows.byteOffset + place * dimensions * data.BYTES_PER_ELEMENT;
  }
}

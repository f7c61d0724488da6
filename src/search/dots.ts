import { type Kernel, loadKernel } from "./threads/load-kernel.js";

/**
 * Inner products of a row with some others, bit for bit those of `dot`, several at once. The rows are copied: the kernel
 * reads its own memory.
 */
export class Dots {
  private readonly row: Float32Array;
  private readonly others: Float32Array;
  private readonly found: Float32Array;
  private readonly kernel: Kernel;

  private constructor(
    private readonly dimensions: number,
    readonly most: number,
  ) {
    this.kernel = loadKernel(dimensions * (most + 1) + most);
    this.row = this.kernel.take(Float32Array, dimensions);
    this.others = this.kernel.take(Float32Array, dimensions * most);
    this.found = this.kernel.take(Float32Array, most);
  }

  /** The same again for the same sizes, since every kernel reserves addresses for far more than it takes. */
  static open(dimensions: number, most: number): Dots {
    if (opened?.dimensions !== dimensions || opened.most !== most) opened = new Dots(dimensions, most);
    return opened;
  }

  /** @param data where the row is the one at `row` */
  from(data: Float32Array, row: number): void {
    this.row.set(this.rowOf(data, row));
  }

  /** @param place which of the others it is, below `most` */
  to(data: Float32Array, row: number, place: number): void {
    this.others.set(this.rowOf(data, row), place * this.dimensions);
  }

  /** The products with the first `count` of the others, until the next ones are asked for. */
  products(count: number): Float32Array {
    const { kernel, row, others, found, dimensions } = this;
    kernel.dots(row.byteOffset, others.byteOffset, count, dimensions, found.byteOffset);
    return found;
  }

  private rowOf(data: Float32Array, row: number): Float32Array {
    return data.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }
}

let opened: Dots | undefined;

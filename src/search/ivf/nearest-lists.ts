import { type Codes, leftOfRight } from "../coding.js";
import { GROUP, wholeGroups } from "../product-graph.js";
import { ranges } from "../ranges.js";
import { type Kernel, loadKernel } from "../threads/load-kernel.js";
import type { ListCodes } from "./list-codes.js";
import { ListProducts } from "./list-products.js";

/** Products of a block; with 65,536 lists, of sixteen rows. */
const BLOCK_PRODUCTS = 2 ** 20;
const MOST_ROWS = 512;

/** The nearest lists of rows: the nearest first, the others in no order. */
export interface Nearby {
  /** rows × count */
  lists: Uint16Array;
  /** For each row the product with its nearest, less the offset. */
  products: Float32Array;
}

export interface LookupSize {
  dimensions: number;
  lists: number;
  /** The most lists of a row that are asked for. */
  most: number;
}

/** Where a block of rows is compared with all lists. */
interface Room {
  rows: number;
  /** rows × dimensions: the runtime takes no memory that threads share. */
  codes: Uint8Array;
  centroids: Int8Array;
  products: Float32Array;
  offsets: Float32Array;
  /** rows × the most lists of a row */
  values: Float32Array;
  found: Uint32Array;
}

/** Finds the nearest of up to 65,535 lists. Memory: 4 MiB, and a byte for each number of a centroid. */
export class NearestLists {
  private count = 0;

  private constructor(
    private readonly products: ListProducts,
    private readonly kernel: Kernel,
    private readonly room: Room,
    private readonly dimensions: number,
  ) {}

  static async open({ dimensions, lists, most }: LookupSize): Promise<NearestLists> {
    const columns = wholeGroups(lists);
    const rows = Math.min(MOST_ROWS, GROUP * Math.max(1, Math.floor(BLOCK_PRODUCTS / columns / GROUP)));
    // Of the last row more are looked at than are kept.
    const found = (rows + 1) * most + GROUP;
    const kernel = loadKernel((rows + 1) * columns + 2 * found);
    const room: Room = {
      rows,
      codes: new Uint8Array(rows * dimensions),
      centroids: new Int8Array(columns * dimensions),
      products: kernel.take(Float32Array, rows * columns),
      offsets: kernel.take(Float32Array, columns),
      values: kernel.take(Float32Array, found),
      found: kernel.take(Uint32Array, found),
    };
    return new NearestLists(await ListProducts.open(dimensions), kernel, room, dimensions);
  }

  load({ lists, columns, offsets }: ListCodes): void {
    this.room.centroids.set(columns);
    this.room.offsets.set(offsets);
    this.count = lists;
  }

  /**
   * @param rows codes of either side
   * @param each how many lists of each row
   */
  async find(rows: Codes, each: number): Promise<Nearby> {
    const { dimensions, room } = this;
    const all = rows.length / dimensions;
    const columns = wholeGroups(this.count);
    const nearby = { lists: new Uint16Array(all * each), products: new Float32Array(all) };
    const centroids = room.centroids.subarray(0, columns * dimensions);
    const { products, offsets, values, found } = room;
    for (const { first, end } of ranges(0, all, room.rows)) {
      const codes = room.codes.subarray(0, (end - first) * dimensions);
      const block = rows.subarray(first * dimensions, end * dimensions);
      if (block instanceof Int8Array) leftOfRight(block, codes);
      else codes.set(block);
      await this.products.multiply(codes, centroids, products);
      this.kernel.largest(
        ...[products.byteOffset, end - first, columns, offsets.byteOffset, each],
        ...[values.byteOffset, found.byteOffset],
      );
      nearby.lists.set(found.subarray(0, (end - first) * each), first * each);
      for (let row = first; row < end; row++) nearby.products[row] = values[(row - first) * each];
    }
    return nearby;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.products[Symbol.asyncDispose]();
  }
}

import { wholeGroups } from "../product-graph.js";
import { type Kernel, loadKernel } from "./load-kernel.js";

/** How many rows of a side there are at most, and how many neighbours each of them keeps. */
export interface SideSize {
  rows: number;
  k: number;
}

/** The most rows and columns of a block. */
export interface BlockSize {
  rows: number;
  columns: number;
  /** Fewer than of the most rows with the most columns, if there are never both. @default rows × columns */
  products?: number;
}

/** Rows of a side, and the nearest of each so far. */
export interface CollectedSide {
  readonly k: number;
  /** For each row its number on its side. */
  readonly ids: Uint32Array;
  /** rows × k, descending; of equal ones the lower index first. */
  readonly cosines: Float32Array;
  readonly indices: Uint32Array;
}

/** A side in the kernel's memory, as `Side` of `collect.c`. */
interface KernelSide extends CollectedSide {
  at: Uint32Array;
  struct: Uint32Array;
}

const STRUCT_WORDS = 7;

/**
 * Keeps the nearest of each row and of each column of blocks of products. Memory: the products of a block, and 8 · k + 4
 * bytes a row.
 */
export class Collector {
  /** Where a block's products are put: rows × columns, of whole groups. */
  readonly products: Float32Array;

  private constructor(
    private readonly kernel: Kernel,
    products: number,
    readonly left: KernelSide,
    readonly right: KernelSide,
  ) {
    this.products = kernel.take(Float32Array, products);
  }

  static open(block: BlockSize, left: SideSize, right: SideSize): Collector {
    const [rows, columns] = [wholeGroups(block.rows), wholeGroups(block.columns)];
    const { products = rows * columns } = block;
    const kernel = loadKernel(products + sideWords(left, rows) + sideWords(right, columns));
    return new Collector(kernel, products, takeSide(kernel, left, rows), takeSide(kernel, right, columns));
  }

  /**
   * Offers every product to its row and its column.
   *
   * @param leftAt rows of the left side that were multiplied
   * @param rightAt
   */
  collect(leftAt: Uint32Array, rightAt: Uint32Array): void {
    const { left, right, products } = this;
    for (const [side, at] of [
      [left, leftAt],
      [right, rightAt],
    ] as const) {
      side.at.set(at);
      side.struct[0] = at.length;
    }
    const columns = wholeGroups(rightAt.length);
    this.kernel.collect(products.byteOffset, columns, left.struct.byteOffset, right.struct.byteOffset);
  }
}

const sideWords = ({ rows, k }: SideSize, most: number) => STRUCT_WORDS + rows * (1 + 2 * k) + 2 * most;

function takeSide({ take }: Kernel, { rows, k }: SideSize, most: number): KernelSide {
  const side = {
    k,
    at: take(Uint32Array, most),
    ids: take(Uint32Array, rows),
    floors: take(Float32Array, most),
    cosines: take(Float32Array, rows * k),
    indices: take(Uint32Array, rows * k),
    struct: take(Uint32Array, STRUCT_WORDS),
  };
  const parts = [side.at, side.ids, side.floors, side.cosines, side.indices];
  side.struct.set([0, k, ...parts.map(({ byteOffset }) => byteOffset)]);
  return side;
}

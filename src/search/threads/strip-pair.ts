import type { Neighbours } from "../../types/neighbours.js";
import { CODINGS, type Codes, type SearchType } from "../coding.js";
import { type BlockSize, type CollectedSide, Collector, type SideSize } from "./collector.js";
import { Products } from "./products.js";

/** Rows of a side that one thread works at. */
export interface Strip {
  codes: Codes;
  /** For each row its number on its side. */
  ids: Uint32Array;
  /** Of the whole side, shared by all threads. While a thread works at a row, no other thread may. */
  lists: Neighbours;
}

export interface StripSizes {
  type: SearchType;
  dimensions: number;
  block: BlockSize;
  left: SideSize;
  right: SideSize;
}

/** A strip of each side, in memory of this thread: the runtime takes no memory that threads share. */
export class StripPair {
  readonly left: StripCopy;
  readonly right: StripCopy;

  private constructor(
    { type, dimensions, left, right }: StripSizes,
    private readonly products: Products,
    private readonly collector: Collector,
  ) {
    const coding = CODINGS[type];
    this.left = new StripCopy(new coding.left.Codes(left.rows * dimensions), collector.left);
    this.right = new StripCopy(new coding.right.Codes(right.rows * dimensions), collector.right);
  }

  static async open(sizes: StripSizes): Promise<StripPair> {
    const { type, dimensions, block, left, right } = sizes;
    const products = await Products.open(type, dimensions);
    return new StripPair(sizes, products, Collector.open(block, left, right));
  }

  /** Compares some rows of one strip with some of the other, no more than a block of them. */
  async compare(leftAt: Uint32Array, rightAt: Uint32Array): Promise<void> {
    const [left, right] = [
      { codes: this.left.codes, at: leftAt },
      { codes: this.right.codes, at: rightAt },
    ];
    await this.products.multiply(left, right, this.collector.products);
    this.collector.collect(leftAt, rightAt);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.products[Symbol.asyncDispose]();
  }
}

class StripCopy {
  private strip: Strip | undefined;

  constructor(
    readonly codes: Codes,
    private readonly collected: CollectedSide,
  ) {}

  /** Takes a strip, with what has been found for its rows. */
  load(strip: Strip): void {
    this.strip = strip;
    this.codes.set(strip.codes);
    this.collected.ids.set(strip.ids);
    const { k, indices, cosines } = this.collected;
    const { ids, lists } = strip;
    for (let row = 0, to = 0; row < ids.length; row++)
      for (let from = ids[row] * k, end = from + k; from < end; from++, to++) {
        indices[to] = lists.indices[from];
        cosines[to] = lists.cosines[from];
      }
  }

  /** Gives what has been found for the strip's rows back to their side. */
  store(): void {
    const { ids, lists } = this.strip!;
    const { k, indices, cosines } = this.collected;
    for (let row = 0, from = 0; row < ids.length; row++)
      for (let to = ids[row] * k, end = to + k; to < end; from++, to++) {
        lists.indices[to] = indices[from];
        lists.cosines[to] = cosines[from];
      }
  }
}

import type { KeptSums } from "../store/arrays/vectors-file.js";
import type { VectorBlock } from "../types/vectors.js";

/**
 * A float64 is split into a multiple of 2⁻²⁰ and one of 2⁻⁴⁴, by adding and subtracting 1.5 · 2⁵² times as much; what is
 * left is dropped. Sums of such multiples are exact up to 2⁵³ times as much.
 */
const HIGH = 1.5 * 2 ** 32;
const LOW = 1.5 * 2 ** 8;

/**
 * Sums rows that are not zero, exactly, so that it does not matter in which order they come, or which of them were summed
 * by another machine: for a thousand million rows of unit length. Of a number what is below 2⁻⁴⁵ is left out.
 */
export class RowSums {
  private readonly high: Float64Array;
  private readonly low: Float64Array;
  private readonly counts: Float64Array;

  /** @param blocks parts of a row that come from several encoders: each has a mean over the rows in which it is not zero */
  constructor(
    private readonly dimensions: number,
    private readonly blocks: readonly Pick<VectorBlock, "dimensions">[] = [{ dimensions }],
  ) {
    this.high = new Float64Array(dimensions);
    this.low = new Float64Array(dimensions);
    this.counts = new Float64Array(blocks.length);
  }

  /** Adds whole rows. */
  add(values: Float32Array): void {
    const { dimensions, blocks, high, low, counts } = this;
    for (let row = 0; row < values.length; row += dimensions) {
      let start = 0;
      for (const [block, { dimensions: width }] of blocks.entries()) {
        let isZero = true;
        for (let i = start; i < start + width; i++) {
          const value = values[row + i];
          if (value === 0) continue;
          isZero = false;
          const multiple = value + HIGH - HIGH;
          high[i] += multiple;
          low[i] += value - multiple + LOW - LOW;
        }
        if (!isZero) counts[block]++;
        start += width;
      }
    }
  }

  /** Adds what was summed elsewhere. */
  addKept({ high, low, counts }: KeptSums): void {
    for (let i = 0; i < this.dimensions; i++) {
      this.high[i] += high[i];
      this.low[i] += low[i];
    }
    for (const [block, count] of counts.entries()) this.counts[block] += count;
  }

  /** Zeros where there is no row. */
  mean(): number[] {
    const counts = this.blocks.flatMap(({ dimensions: width }, block) =>
      new Array<number>(width).fill(this.counts[block]),
    );
    return counts.map((count, i) => (count === 0 ? 0 : (this.high[i] + this.low[i]) / count));
  }

  keep(): KeptSums {
    return { high: [...this.high], low: [...this.low], counts: [...this.counts] };
  }
}

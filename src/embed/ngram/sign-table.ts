import { mix } from "../../store/hashes/mix.js";
import { addFloatRows, type Table, type Weigh } from "../table.js";

/**
 * A table of random directions: every row `dimensions` numbers of ±1, made when it is first used.
 *
 * Sums of such rows keep the angles between the texts' feature counts (Achlioptas 2003, database-friendly random
 * projections). Memory: 4 · buckets · dimensions bytes at most, taken as rows are used.
 */
export class SignTable implements Table {
  readonly values: Float32Array;
  private readonly made: Uint8Array;

  constructor(
    readonly buckets: number,
    readonly dimensions: number,
    private readonly seed: number,
  ) {
    this.values = new Float32Array(buckets * dimensions);
    this.made = new Uint8Array(buckets);
  }

  addRows(rows: ArrayLike<number>, weightOf: Weigh, sum: Float32Array): void {
    for (let i = 0; i < rows.length; i++) if (!this.made[rows[i]]) this.makeRow(rows[i]);
    addFloatRows(this, rows, weightOf, sum);
  }

  private makeRow(bucket: number): void {
    const row = bucket * this.dimensions;
    let state = mix(Math.imul(this.seed + 1, 0x9e3779b9) ^ Math.imul(bucket + 1, 0x85ebca6b));
    let bits = 0;
    for (let i = 0; i < this.dimensions; i++) {
      if (i % 32 === 0) {
        state = (state + 0x9e3779b9) | 0;
        bits = mix(state);
      }
      this.values[row + i] = (bits >>> (i % 32)) & 1 ? 1 : -1;
    }
    this.made[bucket] = 1;
  }
}

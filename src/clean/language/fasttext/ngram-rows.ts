import { HashTable } from "../../../store/hashes/hash-table.js";

/** The rows of the n-grams that a model has kept, by the number that an n-gram is hashed to. */
export class NgramRows {
  /** One bit for each bucket, set where it has a row: most n-grams of a text have none. */
  private readonly kept: Int32Array;
  private readonly rows = new HashTable({ values: true });

  /** @param buckets how many numbers there are */
  constructor(buckets: number) {
    this.kept = new Int32Array((buckets >>> 5) + 1);
  }

  set(number: number, row: number): void {
    this.kept[number >>> 5] |= 1 << number;
    this.rows.add(number, 0, row);
  }

  /** The row of a number, or undefined where there is none. */
  get(number: number): number | undefined {
    return (this.kept[number >>> 5] >>> number) & 1 ? this.rows.get(number, 0) : undefined;
  }
}

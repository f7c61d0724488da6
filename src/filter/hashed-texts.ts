import { CrisscrossError } from "../errors.js";
import { HashTable } from "../store/hashes/hash-table.js";
import { halvesOf } from "../store/hashes/hash-text.js";

/** More than fits on a machine beside the other rules; the table grows as hashes come. */
const MOST_BYTES = 2 ** 34;

/** Texts by their 64-bit hashes: 12 to 23 bytes a text, half as much again while it grows. */
export class HashedTexts {
  private readonly hashes = new HashTable({ bytes: MOST_BYTES });

  constructor(private readonly hash: (text: string) => bigint) {}

  has(text: string): boolean {
    return this.hashes.has(...halvesOf(this.hash(text)));
  }

  add(text: string): void {
    if (this.hashes.add(...halvesOf(this.hash(text))) === "full")
      throw new CrisscrossError("A rule cannot hold more texts.", {
        advice: "Take DuplicateFilter out, and run crisscross dedup.",
      });
  }
}

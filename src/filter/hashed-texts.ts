import { CrisscrossError } from "../errors.js";
import { HashSet } from "../store/hashes/hash-set.js";

/** More than a machine has that other rules run on; the table of hashes grows as they come. */
const MOST_BYTES = 2 ** 34;

/** Texts by their 64-bit hashes: 12 to 23 bytes a text, half as much again while it grows. */
export class HashedTexts {
  private readonly hashes = new HashSet(MOST_BYTES);

  constructor(private readonly hash: (text: string) => bigint) {}

  has(text: string): boolean {
    const bits = this.hash(text);
    return this.hashes.has(Number(bits & 0xffffffffn), Number(bits >> 32n));
  }

  add(text: string): void {
    const bits = this.hash(text);
    const outcome = this.hashes.add(Number(bits & 0xffffffffn), Number(bits >> 32n));
    if (outcome === "full")
      throw new CrisscrossError(
        "A rule cannot hold more texts. Take DuplicateFilter out, and run crisscross dedup.",
      );
  }
}

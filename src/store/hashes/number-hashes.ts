import { join } from "node:path";
import { RecordSorter } from "../arrays/record-sorter.js";
import { temporaryPath } from "../files/whole-file.js";

export interface NumberHashesOptions {
  /** Takes what does not fit, in files that are gone in the end. */
  folder: string;
  memoryBytes: number;
}

/**
 * Numbers distinct 64-bit hashes in the order in which they first come, however many: all are added first. What the memory
 * does not hold is sorted in files, 24 bytes a hash and 16 for each that comes again.
 */
export class NumberedHashes implements Disposable {
  private readonly hashes: RecordSorter;
  /** Those that came again: their place and their number. */
  private readonly again: RecordSorter;

  constructor(private readonly options: NumberHashesOptions) {
    this.hashes = this.sorter("hashes", { width: 3, keys: 3 });
    this.again = this.sorter("numbers", { width: 2, keys: 1 });
  }

  get length(): number {
    return this.hashes.length;
  }

  /** Adds the next hash, by its halves. */
  add(low: number, high: number): void {
    this.hashes.add([high, low, this.length]);
  }

  /** The number of each hash, in the order in which they were added, none of which can be any more. */
  *numbers(): Generator<number, void, undefined> {
    this.numberThoseAgain();
    const again = this.again.sorted();
    let [next, numbers] = [again.next(), 0];
    for (let place = 0; place < this.length; place++)
      if (!next.done && next.value[0] === place) {
        yield next.value[1];
        next = again.next();
      } else yield numbers++;
  }

  [Symbol.dispose](): void {
    this.hashes[Symbol.dispose]();
    this.again[Symbol.dispose]();
  }

  /** The number of a hash is its first place, less the places before it whose hashes had come already. */
  private numberThoseAgain(): void {
    using places = this.sorter("again", { width: 1, keys: 1 });
    using byFirst = this.sorter("firsts", { width: 2, keys: 2 });
    let [high, low, first] = [Number.NaN, Number.NaN, 0];
    for (const [nextHigh, nextLow, place] of this.hashes.sorted())
      if (nextHigh === high && nextLow === low) {
        places.add([place]);
        byFirst.add([first, place]);
      } else [high, low, first] = [nextHigh, nextLow, place];
    this.hashes[Symbol.dispose]();
    const before = places.sorted();
    let [next, count] = [before.next(), 0];
    for (const [ownFirst, place] of byFirst.sorted()) {
      for (; !next.done && next.value[0] < ownFirst; next = before.next()) count++;
      this.again.add([place, ownFirst - count]);
    }
  }

  /** Four at most hold something at once. */
  private sorter(name: string, record: { width: number; keys: number }): RecordSorter {
    const { folder, memoryBytes } = this.options;
    return new RecordSorter({
      path: temporaryPath(join(folder, name)),
      memoryBytes: memoryBytes / 4,
      ...record,
    });
  }
}

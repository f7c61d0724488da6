import { HashPartitions } from "./hash-partitions.js";
import { PlaceTable } from "./place-table.js";

/** Told of each hash that has come before: where it was first, and where it is. */
export type OnEqual = (first: number, place: number) => void;

/**
 * Finds equal 64-bit hashes among any number of them, within a number of bytes: those that do not fit into a table go to
 * 64 files, and each of these is gone through in the same way at the end.
 *
 * What `FirstOccurrences` does for dropping duplicates, this does for joining them.
 */
export class EqualHashes {
  private table: PlaceTable | undefined;
  private spilled: HashPartitions | undefined;

  /** @param folder is there, and is the caller's to remove */
  constructor(
    private readonly folder: string,
    private readonly memoryBytes: number,
    private readonly onEqual: OnEqual,
    private readonly level = 0,
  ) {
    this.table = new PlaceTable(memoryBytes / 2);
  }

  /** @param place below 2³² − 1 */
  add(low: number, high: number, place: number): void {
    const first = this.table!.firstPlace(low, high, place);
    if (first === undefined) {
      this.spilled ??= new HashPartitions(this.folder, this.level, this.memoryBytes / 8);
      this.spilled.add(low, high, place);
    } else if (first !== place) this.onEqual(first, place);
  }

  /** Goes through what did not fit; the signal is looked at before each file. */
  async finish(signal?: AbortSignal): Promise<void> {
    this.table = undefined;
    try {
      for (const read of this.spilled?.drain() ?? []) {
        signal?.throwIfAborted();
        const below = new EqualHashes(this.folder, this.memoryBytes, this.onEqual, this.level + 1);
        read((low, high, place) => below.add(low, high, place));
        await below.finish(signal);
        await new Promise(setImmediate);
      }
    } finally {
      this.spilled?.close();
    }
  }
}

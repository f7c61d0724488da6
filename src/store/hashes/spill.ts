import { HashPartitions } from "./hash-partitions.js";
import { HashTable } from "./hash-table.js";

export interface SpillOptions {
  /** It is there, and is the caller's to remove. */
  folder: string;
  /** What it may hold in memory; a few kilobytes are the least that it takes. */
  memoryBytes: number;
}

/** Told of each hash once it is known whether it has come before. */
export interface SpillListener {
  /** It is the first of its value. */
  onFirst?(place: number): void;
  /** An equal one was first, at a place below 2³². */
  onAgain?(first: number, place: number): void;
}

/** Shares of the memory: the table takes half as much again while it grows. */
const TABLE_SHARE = 1 / 2;
const BUFFER_SHARE = 1 / 8;

/**
 * Tells which of any number of 64-bit hashes are equal, within a memory limit.
 *
 * Hashes are kept in a table until it is full. From then on a hash in the table is known to have come before; the
 * others go with their places to 64 files, by bits of the hash. At the end each file is processed in the same way, with
 * a table of its own and, if that fills too, 64 files by other bits. So a hash is written to disk (16 bytes) only when
 * memory is full, and again only if a file has more distinct ones than fit.
 *
 * What cannot be written throws OutputError.
 */
export class Spill {
  private table: HashTable | undefined;
  private spilled: HashPartitions | undefined;
  private below: Spill | undefined;

  constructor(
    private readonly options: SpillOptions,
    private readonly listener: SpillListener,
    private readonly level = 0,
  ) {
    const values = listener.onAgain !== undefined;
    this.table = new HashTable({ values, bytes: options.memoryBytes * TABLE_SHARE });
  }

  add(low: number, high: number, place: number): void {
    const { onFirst, onAgain } = this.listener;
    const outcome = this.table!.add(low, high, place);
    if (outcome === "added") onFirst?.(place);
    else if (outcome === "there") onAgain?.(this.table!.get(low, high)!, place);
    else this.partitions.add(low, high, place);
  }

  /**
   * Goes through what was spilled; nothing can be added afterwards.
   *
   * @throws the reason of `signal`, which is looked at before each file
   */
  async finish(signal?: AbortSignal): Promise<void> {
    this.table = undefined;
    for (const read of this.spilled?.drain() ?? []) {
      signal?.throwIfAborted();
      const below = new Spill(this.options, this.listener, this.level + 1);
      this.below = below;
      read((low, high, place) => below.add(low, high, place));
      await below.finish(signal);
      // Lets the event loop run, so that an interruption is noticed.
      await new Promise(setImmediate);
    }
  }

  /** Closes every file; the folder's owner removes them. */
  close(): void {
    this.below?.close();
    this.spilled?.close();
  }

  private get partitions(): HashPartitions {
    const { folder, memoryBytes } = this.options;
    this.spilled ??= new HashPartitions(folder, this.level, memoryBytes * BUFFER_SHARE);
    return this.spilled;
  }
}

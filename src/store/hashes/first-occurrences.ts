import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explainWriteError } from "../files/output-error.js";
import { BitFile } from "./bit-file.js";
import { HashPartitions } from "./hash-partitions.js";
import { HashSet } from "./hash-set.js";

export interface FirstOccurrencesOptions {
  /** A folder of its own for what does not fit: made at once, emptied of what a killed run left, removed in the end. */
  folder: string;
  /** What it may hold in memory; a few kilobytes are the least that it takes. */
  memoryBytes: number;
}

/** Which positions of a stream of hashes are the first of their value. */
export interface Firsts {
  /** How many hashes came. */
  readonly length: number;
  /** How many of them were the first of their value. */
  readonly count: number;
  /** Whether the hash at `position` was; asked in ascending order this is fast whatever the size. */
  has(position: number): boolean;
  /** Removes the folder. */
  close(): void;
}

/** Shares of the memory: the table takes half as much again while it grows. */
const TABLE_SHARE = 1 / 2;
const BUFFER_SHARE = 1 / 8;
const WINDOW_SHARE = 1 / 8;
const LEAST_WINDOW_BYTES = 64;

/**
 * Finds the first occurrences of 64-bit hashes among any number of them, within `memoryBytes`.
 *
 * Hashes are kept in a table until it is full. From then on one that is in the table is known to have come before; the
 * others go with their positions to 64 files by bits of the hash, and in the end each file is gone through in the same
 * way, with a table of its own and, where that fills too, 64 files by other bits. So a hash is written to disk (16 bytes)
 * only where memory is full, and again only where a file has more distinct ones than fit. The answer is a bit a hash, in
 * memory or in a file.
 */
export class FirstOccurrences {
  private readonly bits: BitFile;
  private readonly root: Level;
  private length = 0;
  private count = 0;

  /** @throws OutputError if the folder cannot be made */
  constructor(private readonly options: FirstOccurrencesOptions) {
    const { folder, memoryBytes } = options;
    makeEmpty(folder);
    this.bits = new BitFile(
      join(folder, "bits"),
      Math.max(LEAST_WINDOW_BYTES, Math.floor(memoryBytes * WINDOW_SHARE)),
    );
    this.root = new Level(options, 0, this.mark);
  }

  /**
   * Takes the next hashes of the stream.
   *
   * @throws OutputError if they cannot be written, and removes the folder
   */
  add(hashes: BigUint64Array): void {
    const halves = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * hashes.length);
    this.explained(() => {
      for (let i = 0; i < halves.length; i += 2) this.root.add(halves[i], halves[i + 1], this.length++);
    });
  }

  /**
   * Says which were the first; nothing can be added afterwards.
   *
   * @throws the reason of `signal` when it is aborted, and removes the folder
   */
  async finish(signal?: AbortSignal): Promise<Firsts> {
    const { bits, length } = this;
    for (const step = this.root.finish(); !this.explained(() => step.next()).done; ) {
      if (signal?.aborted) {
        this.close();
        throw signal.reason;
      }
      // What else the thread has to do, such as hearing of an interruption, gets its turn.
      await new Promise(setImmediate);
    }
    return { length, count: this.count, has: (position) => bits.has(position), close: () => this.close() };
  }

  /** Gives up, or puts away what `finish` gave: removes the folder. */
  close(): void {
    this.root.close();
    this.bits.close();
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  private readonly mark = (position: number): void => {
    this.bits.set(position);
    this.count++;
  };

  private explained<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.close();
      throw explainWriteError(error, this.options.folder);
    }
  }
}

function makeEmpty(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw explainWriteError(error, folder);
  }
}

/** A table of hashes, and the files that take what does not fit into it. */
class Level {
  private table: HashSet | undefined;
  private spilled: HashPartitions | undefined;
  private below: Level | undefined;

  constructor(
    private readonly options: FirstOccurrencesOptions,
    private readonly level: number,
    private readonly mark: (position: number) => void,
  ) {
    this.table = new HashSet(options.memoryBytes * TABLE_SHARE);
  }

  add(low: number, high: number, position: number): void {
    const outcome = this.table!.add(low, high);
    if (outcome === "added") this.mark(position);
    if (outcome !== "full") return;
    const { folder, memoryBytes } = this.options;
    this.spilled ??= new HashPartitions(folder, this.level, memoryBytes * BUFFER_SHARE);
    this.spilled.add(low, high, position);
  }

  /** Goes through what was spilled, a file a step. */
  *finish(): Generator<void> {
    this.table = undefined;
    for (const read of this.spilled?.drain() ?? []) {
      this.below = new Level(this.options, this.level + 1, this.mark);
      read((low, high, position) => this.below!.add(low, high, position));
      yield* this.below.finish();
      yield;
    }
  }

  close(): void {
    this.below?.close();
    this.spilled?.close();
  }
}

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explainWriteError } from "../files/output-error.js";
import { BitFile } from "./bit-file.js";
import { Spill } from "./spill.js";

export interface FirstOccurrencesOptions {
  /** A folder of its own for what does not fit: made at once, emptied of what a killed run left, removed in the end. */
  folder: string;
  /** What it may hold in memory; a few kilobytes are the least that it takes. */
  memoryBytes: number;
}

/** Which positions of a stream of hashes are the first of their value. Its folder is removed when it is disposed of. */
export interface Firsts extends Disposable {
  /** How many hashes came. */
  readonly length: number;
  /** How many of them were the first of their value. */
  readonly count: number;
  /** Whether the hash at `position` was; asked in ascending order this is fast whatever the size. */
  has(position: number): boolean;
}

/** Of the memory; a `Spill` leaves it. */
const WINDOW_SHARE = 1 / 8;
const LEAST_WINDOW_BYTES = 64;

/**
 * Finds the first occurrences of 64-bit hashes among any number of them, within `memoryBytes`, as a `Spill` does. The
 * answer is a bit a hash, in memory or in a file.
 */
export class FirstOccurrences {
  private readonly bits: BitFile;
  private readonly spill: Spill;
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
    this.spill = new Spill(options, {
      onFirst: (position) => {
        this.bits.set(position);
        this.count++;
      },
    });
  }

  /**
   * Takes the next hashes of the stream.
   *
   * @throws OutputError if they cannot be written, and removes the folder
   */
  add(hashes: BigUint64Array): void {
    const halves = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * hashes.length);
    try {
      for (let i = 0; i < halves.length; i += 2) this.spill.add(halves[i], halves[i + 1], this.length++);
    } catch (error) {
      throw this.gaveUp(error);
    }
  }

  /**
   * Says which were the first; nothing can be added afterwards.
   *
   * @throws the reason of `signal` when it is aborted, and removes the folder
   */
  async finish(signal?: AbortSignal): Promise<Firsts> {
    const { bits, length } = this;
    await this.spill.finish(signal).catch((error) => {
      throw this.gaveUp(error);
    });
    return {
      length,
      count: this.count,
      has: (position) => bits.has(position),
      [Symbol.dispose]: () => this.close(),
    };
  }

  /** Gives up, or puts away what `finish` gave: removes the folder. */
  close(): void {
    this.spill.close();
    this.bits.close();
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  private gaveUp(error: unknown): unknown {
    this.close();
    return explainWriteError(error, this.options.folder);
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

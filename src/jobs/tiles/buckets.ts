import { appendFile, constants, readFile, rm } from "node:fs/promises";
import { openNew } from "../../store/files/part.js";

const ADDING = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW;

/** Records that a bucket holds back before it writes them. */
const HELD = 1024;

/**
 * Records of whole numbers, put into files by the bucket that each belongs to, and read again a bucket at a time;
 * the files are removed when it is disposed of.
 *
 * Memory: 4 · width KiB a bucket.
 */
export class Buckets implements AsyncDisposable {
  private readonly held: Uint32Array[];
  private readonly counts: number[];

  /**
   * @param paths a file a bucket; what is there is replaced
   * @param width numbers a record
   */
  static async create(paths: readonly string[], width: number): Promise<Buckets> {
    const buckets = new Buckets(paths, width);
    for (const path of paths) await (await openNew(path)).close();
    return buckets;
  }

  private constructor(
    private readonly paths: readonly string[],
    private readonly width: number,
  ) {
    this.held = paths.map(() => new Uint32Array(HELD * width));
    this.counts = paths.map(() => 0);
  }

  /** Adds a record; writes what its bucket holds when that is full. */
  async add(bucket: number, record: ArrayLike<number>): Promise<void> {
    this.held[bucket].set(record, this.counts[bucket]++ * this.width);
    if (this.counts[bucket] === HELD) await this.write(bucket);
  }

  /** A bucket's records, one after the other, in the order in which they came. */
  async read(bucket: number): Promise<Uint32Array> {
    await this.write(bucket);
    const bytes = await readFile(this.paths[bucket]);
    // A copy begins where numbers must be aligned.
    return new Uint32Array(Uint8Array.from(bytes).buffer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const path of this.paths) await rm(path, { force: true });
  }

  private async write(bucket: number): Promise<void> {
    const values = this.held[bucket].subarray(0, this.counts[bucket] * this.width);
    this.counts[bucket] = 0;
    await appendFile(this.paths[bucket], new Uint8Array(values.buffer, 0, values.byteLength), {
      flag: ADDING,
    });
  }
}

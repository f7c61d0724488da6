import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explainWriteError } from "../files/output-error.js";
import { readUpToSync, writeFullySync } from "../files/whole-io.js";

/** A hash in two halves, and its position in two: the lower 32 bits and the rest. */
const FIELDS = 4;
const RECORD_BYTES = 4 * FIELDS;
const PARTITION_BITS = 6;
const PARTITIONS = 2 ** PARTITION_BITS;
const LOW = 2 ** 32;

export type TakeHash = (low: number, high: number, position: number) => void;

/**
 * Hashes with their positions in 64 files, by six bits of the hash that differ from level to level, each file in the
 * order in which they came.
 *
 * What cannot be written throws OutputError.
 */
export class HashPartitions {
  private buffers: Uint32Array[];
  private readonly filled = new Uint32Array(PARTITIONS);
  private readonly files: (number | undefined)[] = Array.from({ length: PARTITIONS }, () => undefined);

  /**
   * @param folder is there
   * @param level 0 to 9: it tells the files of one level from another's, and the bits
   * @param bytes for the buffers of all files
   */
  constructor(
    private readonly folder: string,
    private readonly level: number,
    bytes: number,
  ) {
    const records = Math.max(1, Math.floor(bytes / PARTITIONS / RECORD_BYTES));
    this.buffers = Array.from({ length: PARTITIONS }, () => new Uint32Array(records * FIELDS));
  }

  add(low: number, high: number, position: number): void {
    const partition = partitionOf(low, high, this.level);
    const buffer = this.buffers[partition];
    let at = this.filled[partition];
    buffer[at++] = low;
    buffer[at++] = high;
    buffer[at++] = position % LOW;
    buffer[at++] = Math.floor(position / LOW);
    this.filled[partition] = at;
    if (at === buffer.length) this.flush(partition);
  }

  /** Gives the partitions one after the other, each to be read once; its file is removed when the next is asked for. */
  *drain(): Generator<(take: TakeHash) => void> {
    for (let partition = 0; partition < PARTITIONS; partition++) this.flush(partition);
    const [buffer] = this.buffers;
    // A level below needs the memory of the others.
    this.buffers = [];
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const file = this.files[partition];
      if (file === undefined) continue;
      yield (take) => readRecords(file, buffer, take);
      this.files[partition] = undefined;
      closeSync(file);
      rmSync(this.pathOf(partition));
    }
  }

  /** Closes every file; the folder's owner removes them. */
  close(): void {
    for (const file of this.files) if (file !== undefined) closeSync(file);
    this.files.fill(undefined);
  }

  private flush(partition: number): void {
    const count = this.filled[partition];
    if (count === 0) return;
    const buffer = this.buffers[partition];
    const bytes = new Uint8Array(buffer.buffer, 0, count * Uint32Array.BYTES_PER_ELEMENT);
    try {
      this.files[partition] ??= openSync(this.pathOf(partition), "w+");
      writeFullySync(this.files[partition], bytes);
    } catch (error) {
      throw explainWriteError(error, this.folder);
    }
    this.filled[partition] = 0;
  }

  private pathOf(partition: number): string {
    return join(this.folder, `${this.level}-${partition}`);
  }
}

/** The six bits of a level: those of level 0 are the uppermost of the hash. */
function partitionOf(low: number, high: number, level: number): number {
  const end = 64 - PARTITION_BITS * (level + 1);
  const bits = end >= 32 ? high >>> (end - 32) : end === 28 ? (high << 4) | (low >>> 28) : low >>> end;
  return bits & (PARTITIONS - 1);
}

function readRecords(file: number, buffer: Uint32Array, take: TakeHash): void {
  const bytes = new Uint8Array(buffer.buffer);
  for (let position = 0; ; ) {
    const read = readUpToSync(file, bytes, position);
    for (let i = 0; i < read / Uint32Array.BYTES_PER_ELEMENT; i += FIELDS)
      take(buffer[i], buffer[i + 1], buffer[i + 2] + LOW * buffer[i + 3]);
    if (read < bytes.length) return;
    position += read;
  }
}

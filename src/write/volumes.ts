import { createWriteStream, type WriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { explainWriteError } from "../store/files/output-error.js";
import { temporaryPath } from "../store/files/whole-file.js";
import { compressorFor } from "./compress.js";

export const COMPRESSIONS = ["zst", "gz", "none"] as const;
export type Compression = (typeof COMPRESSIONS)[number];

export interface VolumeOptions {
  /** How a file's name ends before its compression's own ending. */
  suffix: string;
  compression: Compression;
  /** Bytes before compression after which the next file of a group begins. @default one file a group */
  volumeSize?: number;
}

/** A file that was written. */
export interface VolumeFacts {
  group: string;
  lines: number;
  /** Before compression. */
  bytes: number;
  /** Bytes on the disk; 0 until the file is complete. */
  size: number;
}

/** Written at once. */
const HELD_BYTES = 64 * 1024;

/**
 * Writes lines to files by their group: `de.jsonl.zst`, or `de-00001.jsonl.zst` and so on where they are cut by size.
 * None has its name before `publish`. Memory: 64 KiB a group, and what its compressor needs.
 */
export class VolumeWriter {
  /** By their names, in the order in which they were begun. */
  readonly files: Record<string, VolumeFacts> = {};
  private readonly open = new Map<string, Volume>();

  constructor(
    private readonly folder: string,
    private readonly options: VolumeOptions,
  ) {}

  /** @returns what is to be waited for before the next line, where there is something */
  add(group: string, line: Uint8Array): Promise<void> | undefined {
    const volume = this.open.get(group);
    return volume?.hasPlace(line.length) ? volume.add(line) : this.addToNext(group, line, volume);
  }

  /** Completes the files, under other names still. */
  async finish(): Promise<void> {
    for (const volume of this.open.values()) await volume.end();
  }

  /** Gives the files their names. */
  async publish(): Promise<void> {
    for (const name of Object.keys(this.files)) {
      const path = join(this.folder, name);
      await rename(temporaryPath(path), path);
    }
  }

  async discard(): Promise<void> {
    for (const volume of this.open.values()) volume.destroy();
    for (const name of Object.keys(this.files))
      await rm(temporaryPath(join(this.folder, name)), { force: true });
  }

  private async addToNext(group: string, line: Uint8Array, full?: Volume): Promise<void> {
    await full?.end();
    const next = await this.begin(group, (full?.number ?? 0) + 1);
    await next.add(line);
  }

  private async begin(group: string, number: number): Promise<Volume> {
    const { suffix, compression, volumeSize } = this.options;
    const stem = volumeSize === undefined ? group : `${group}-${String(number).padStart(5, "0")}`;
    const name = `${stem}.${suffix}${compression === "none" ? "" : `.${compression}`}`;
    this.files[name] = { group, lines: 0, bytes: 0, size: 0 };
    const path = join(this.folder, name);
    const volume = new Volume(
      { path, number, size: volumeSize },
      this.files[name],
      await compressorFor(path),
    );
    this.open.set(group, volume);
    return volume;
  }
}

/** Which file of a group a volume is. */
interface VolumePlace {
  path: string;
  /** From 1. */
  number: number;
  /** Bytes before compression after which it is full. @default never */
  size?: number;
}

/** One file in the making. */
class Volume {
  private readonly held = Buffer.allocUnsafeSlow(HELD_BYTES);
  private heldBytes = 0;
  private readonly file: WriteStream;
  private readonly done: Promise<void>;

  constructor(
    private readonly place: VolumePlace,
    private readonly facts: VolumeFacts,
    private readonly head: Transform = new PassThrough(),
  ) {
    this.file = createWriteStream(temporaryPath(place.path), { flush: true });
    this.done = pipeline(head, this.file);
    // A failure is thrown by the write that meets it.
    this.done.catch(() => {});
  }

  get number(): number {
    return this.place.number;
  }

  /** Whether it may become so much larger; an empty one has a place for any line. */
  hasPlace(bytes: number): boolean {
    const { size = Number.POSITIVE_INFINITY } = this.place;
    return this.facts.bytes === 0 || this.facts.bytes + bytes <= size;
  }

  add(line: Uint8Array): Promise<void> | undefined {
    this.facts.lines++;
    this.facts.bytes += line.length;
    if (this.heldBytes + line.length > HELD_BYTES) return this.writeWith(line);
    this.held.set(line, this.heldBytes);
    this.heldBytes += line.length;
    return undefined;
  }

  /** Writes what is held, and then a line. */
  private async writeWith(line: Uint8Array): Promise<void> {
    const bytes = Buffer.concat([this.held.subarray(0, this.heldBytes), line]);
    this.heldBytes = 0;
    await this.write(bytes);
  }

  async end(): Promise<void> {
    await this.writeWith(new Uint8Array());
    this.head.end();
    try {
      await this.done;
    } catch (error) {
      throw explainWriteError(error, this.place.path);
    }
    this.facts.size = this.file.bytesWritten;
  }

  destroy(): void {
    this.head.destroy();
  }

  /** Waits until the bytes are taken; where they are not, the file's own error says why. */
  private async write(bytes: Buffer): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        // A stream that is destroyed never answers the write that it is at.
        this.head.once("close", reject);
        this.head.write(bytes, (error) => {
          this.head.off("close", reject);
          if (error) reject(error);
          else resolve();
        });
      });
    } catch (error) {
      await this.done.catch((cause) => {
        throw explainWriteError(cause, this.place.path);
      });
      throw error;
    }
  }
}

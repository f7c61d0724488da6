import type { FileHandle } from "node:fs/promises";
import { PassThrough, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { explainWriteError } from "../store/files/output-error.js";
import { writeTo } from "./write-to.js";

/** A file that was written. */
export interface VolumeFacts {
  /** The language that its sentences are of. */
  group: string;
  /** Sentences in it. */
  lines: number;
  /** Before compression. */
  bytes: number;
  /** Bytes on the disk; 0 until the file is complete. */
  size: number;
}

/** Written at once. */
const HELD_BYTES = 64 * 1024;

/** Which file of a group a volume is. */
export interface VolumePlace {
  path: string;
  /** What it is written to meanwhile, which this closes. */
  file: FileHandle;
  /** From 1. */
  number: number;
  /** Bytes before compression after which it is full. @default never */
  size?: number;
}

/** One file in the making, under another name still. Memory: 64 KiB, and what its compressor needs. */
export class Volume {
  private readonly held = Buffer.allocUnsafeSlow(HELD_BYTES);
  private heldBytes = 0;
  private readonly file: ReturnType<FileHandle["createWriteStream"]>;
  private readonly done: Promise<void>;

  constructor(
    private readonly place: VolumePlace,
    private readonly facts: VolumeFacts,
    private readonly head: Transform = new PassThrough(),
  ) {
    this.file = place.file.createWriteStream({ flush: true });
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

  /** Waits until the bytes are taken; if they are not, the file's own error says why. */
  private async write(bytes: Buffer): Promise<void> {
    try {
      await writeTo(this.head, bytes);
    } catch (error) {
      await this.done.catch((cause) => {
        throw explainWriteError(cause, this.place.path);
      });
      throw error;
    }
  }
}

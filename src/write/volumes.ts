import { join } from "node:path";
import { explainWriteError } from "../store/files/output-error.js";
import { Part } from "../store/files/part.js";
import type { CompressBeside } from "../zstd/beside/compress-beside.js";
import { compressorFor } from "./compress.js";
import { Volume, type VolumeFacts } from "./volume.js";

/** How written files can be compressed. */
export const COMPRESSIONS = ["zst", "gz", "none"] as const;
/** How written files are compressed. */
export type Compression = (typeof COMPRESSIONS)[number];

export interface VolumeOptions {
  /** How a file's name ends before its compression's own ending. */
  suffix: string;
  compression: Compression;
  /** Makes zstd frames in place of this thread. */
  beside?: Pick<CompressBeside, "frame">;
  /** Bytes before compression after which the next file of a group begins. @default one file a group */
  volumeSize?: number;
}

/**
 * Writes lines to files by their group: `de.jsonl.zst`, or `de-00001.jsonl.zst` and so on where they are cut by size.
 * None has its name before `publish`. Memory: 64 KiB a group, and what its compressor needs.
 */
export class VolumeWriter {
  /** By their names, in the order in which they were begun. */
  readonly files: Record<string, VolumeFacts> = {};
  private readonly open = new Map<string, Volume>();
  private readonly parts: Part[] = [];

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
    for (const part of this.parts) await part.publish();
  }

  async discard(): Promise<void> {
    for (const volume of this.open.values()) volume.destroy();
    for (const part of this.parts) await part.discard();
  }

  private async addToNext(group: string, line: Uint8Array, full?: Volume): Promise<void> {
    await full?.end();
    const next = await this.begin(group, (full?.number ?? 0) + 1);
    await next.add(line);
  }

  private async begin(group: string, number: number): Promise<Volume> {
    const { suffix, compression, beside, volumeSize } = this.options;
    const stem = volumeSize === undefined ? group : `${group}-${String(number).padStart(5, "0")}`;
    const name = `${stem}.${suffix}${compression === "none" ? "" : `.${compression}`}`;
    this.files[name] = { group, lines: 0, bytes: 0, size: 0 };
    const path = join(this.folder, name);
    const compressor = compression === "zst" && beside ? beside.frame() : await compressorFor(path);
    const part = await Part.create(path).catch((error) => {
      throw explainWriteError(error, path);
    });
    this.parts.push(part);
    const place = { path, file: part.file, number, size: volumeSize };
    const volume = new Volume(place, this.files[name], compressor);
    this.open.set(group, volume);
    return volume;
  }
}

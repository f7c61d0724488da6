import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryPath } from "../store/files/whole-file.js";
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

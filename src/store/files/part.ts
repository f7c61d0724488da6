import { constants, type FileHandle, lstat, open, rename, rm } from "node:fs/promises";
import { keepPathFresh } from "./heartbeat.js";
import { partPath } from "./part-name.js";
import { takeAfter } from "./take-after.js";

const NEW = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Makes a file that was not there: through a link that somebody has put in its place nothing is written. Of a name that
 * is always the same, what a killed process left there is removed first.
 *
 * @throws the system's error if it is there again, or cannot be removed
 */
export async function openNew(path: string, mode = 0o666): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, NEW, mode);
}

/** A file beside its target until it is complete, under a name that nobody can guess. */
export class Part {
  private readonly stop: () => void;

  private constructor(
    readonly path: string,
    private readonly target: string,
    readonly file: FileHandle,
  ) {
    this.stop = keepPathFresh(path);
  }

  /**
   * Makes the file. Before there is anything in it, it has the rights and the owner of the file that it is to replace.
   *
   * @param target no link
   */
  static async create(target: string): Promise<Part> {
    const path = partPath(target);
    const replaced = await lstat(target).catch(() => undefined);
    const file = await open(path, NEW, replaced?.isFile() ? 0o600 : 0o666);
    const part = new Part(path, target, file);
    try {
      if (replaced?.isFile()) await takeAfter(file, replaced);
    } catch (error) {
      await part.discard();
      throw error;
    }
    return part;
  }

  /** Gives the file, which is complete, the name of its target. */
  async publish(): Promise<void> {
    this.stop();
    await this.file.close();
    await rename(this.path, this.target);
  }

  async discard(): Promise<void> {
    this.stop();
    await this.file.close().catch(() => {});
    await rm(this.path, { force: true });
  }
}

import { readSync, writeSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/**
 * The one place that reads and writes at a position of a file: the system may take, or give, fewer bytes than it was
 * asked to, above all on a full disk, and says so only by a number.
 */

/** A larger read gives at most 2 GiB, and larger views of a buffer than 4 GiB do not exist on Node 20. */
const PIECE_BYTES = 2 ** 30;

/** The file ends before what was to be read of it. */
export class EndedEarly extends RangeError {
  override name = "EndedEarly";

  constructor(position: number) {
    super(`the file ends at byte ${position}, within what was to be read`);
  }
}

/** Writes all bytes at a position, or, without one, where the file stands. */
export function writeFullySync(file: number, bytes: Uint8Array, position?: number): void {
  for (let done = 0; done < bytes.length; )
    done += taken(writeSync(file, bytes, done, pieceOf(bytes, done), at(position, done)));
}

/** Writes all bytes at a position, or, without one, where the file stands. */
export async function writeFully(file: FileHandle, bytes: Uint8Array, position?: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, pieceOf(bytes, done), at(position, done));
    done += taken(bytesWritten);
  }
}

/** Fills a buffer from a position on as far as the file goes, and says how far that is. */
export function readUpToSync(file: number, bytes: Uint8Array, position?: number): number {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, pieceOf(bytes, done), at(position, done));
    if (read === 0) return done;
    done += read;
  }
  return bytes.length;
}

/** Fills a buffer from a position on as far as the file goes, and says how far that is. */
export async function readUpTo(file: FileHandle, bytes: Uint8Array, position?: number): Promise<number> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, pieceOf(bytes, done), at(position, done));
    if (bytesRead === 0) return done;
    done += bytesRead;
  }
  return bytes.length;
}

/** Fills a buffer. @throws EndedEarly */
export function readFullySync(file: number, bytes: Uint8Array, position?: number): void {
  const read = readUpToSync(file, bytes, position);
  if (read < bytes.length) throw new EndedEarly((position ?? 0) + read);
}

/** Fills a buffer. @throws EndedEarly */
export async function readFully(file: FileHandle, bytes: Uint8Array, position?: number): Promise<void> {
  const read = await readUpTo(file, bytes, position);
  if (read < bytes.length) throw new EndedEarly((position ?? 0) + read);
}

const pieceOf = (bytes: Uint8Array, done: number) => Math.min(PIECE_BYTES, bytes.length - done);
const at = (position: number | undefined, done: number) => (position === undefined ? null : position + done);

/** A device that takes nothing and gives no error would be written to for ever. */
function taken(bytes: number): number {
  if (bytes > 0) return bytes;
  throw Object.assign(new Error("EIO: nothing was written"), { code: "EIO", syscall: "write" });
}

import { randomUUID } from "node:crypto";
import { constants, link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { OutputError } from "../../errors.js";
import { keepFresh } from "./heartbeat.js";
import { describeHolder, type FoundLock, type Holder, isHeld, readLock } from "./lock-file.js";
import { explainWriteError } from "./output-error.js";
import { partPath, sweepParts } from "./part-name.js";
import { thisProcess } from "./running-process.js";

/** A lock that this process holds until it is disposed of. */
export interface Lock extends AsyncDisposable {
  /**
   * Looks whether it still does, as it may not if it gave no sign of life for ten minutes.
   *
   * @throws OutputError if another process has taken it over
   */
  check(): Promise<void>;
}

/** Another process, or another job of this one, holds the lock. */
export class HeldError extends OutputError {}

/**
 * Takes a lock for this process. One whose holder is gone is taken over: at once where the table of processes tells so,
 * else after ten minutes without a sign of life. What killed processes were writing in its folder is removed.
 *
 * A lock appears with its content, as a link to a complete file. A stale one is replaced in one step, by whoever holds a
 * second lock that is for this alone: so none is taken for stale that has just been replaced.
 *
 * @param path the lock file
 * @param what what it locks, for messages
 * @throws HeldError that names the process that holds it; OutputError that says why none can be read or written there
 */
export async function lock(path: string, what: string): Promise<Lock> {
  try {
    return await take(path, what);
  } catch (error) {
    throw explainWriteError(error, what);
  }
}

/** Whether a process that is there holds a lock. @throws OutputError as `readLock` */
export async function isLocked(path: string): Promise<boolean> {
  const found = await readLock(path);
  return found !== undefined && isHeld(found, Date.now());
}

async function take(path: string, what: string): Promise<Lock> {
  const holder: Holder & { id: string } = {
    ...thisProcess(),
    since: new Date().toISOString(),
    id: randomUUID(),
  };
  const [own, text] = [partPath(path), JSON.stringify(holder)];
  try {
    const now = await writeNew(own, text);
    while (!(await tryLink(own, path))) {
      const found = await readLock(path);
      if (!found) continue;
      refuseHeld(found, { path, what, now });
      if (await replaceStale(found, own, { path, what })) break;
    }
    await sweepParts(dirname(path), now);
  } finally {
    await rm(own, { force: true });
  }
  const stop = keepFresh(() => rewrite(path, text));
  const isOurs = async () => (await readLock(path).catch(() => undefined))?.text === text;
  return {
    check: async () => {
      if (!(await isOurs())) throw lost(what);
    },
    [Symbol.asyncDispose]: async () => {
      stop();
      if (await isOurs()) await rm(path, { force: true });
    },
  };
}

/** @returns when it was written, by the clock of the disk, which another machine may have */
async function writeNew(path: string, text: string): Promise<number> {
  await using file = await open(path, "wx");
  await file.writeFile(text);
  return (await file.stat()).mtimeMs;
}

function refuseHeld(
  found: FoundLock,
  { path, what, now }: { path: string; what: string; now: number },
): void {
  const { holder } = found;
  if (!holder || !isHeld(found, now)) return;
  const { problem, advice } = describeHolder({ ...found, holder }, path, now);
  throw new HeldError(`${what}: ${problem}`, { advice });
}

/** @returns false if the lock is no longer the one that was found */
async function replaceStale(
  { text, touched }: FoundLock,
  own: string,
  { path, what }: { path: string; what: string },
): Promise<boolean> {
  await using _takeover = await take(`${path}.takeover`, what);
  const found = await readLock(path);
  if (found?.text !== text || found.touched !== touched) return false;
  await rename(own, path);
  return true;
}

function lost(what: string): OutputError {
  return new OutputError(
    `${what}: another process has taken over the work there, since this one seemed gone.`,
    {
      advice: "Wait for it, and run again.",
    },
  );
}

/** Writes the same text again: the disk notes its own time. A lock that has been taken over is left alone. */
async function rewrite(path: string, text: string): Promise<void> {
  await using file = await open(path, constants.O_RDWR | constants.O_NOFOLLOW);
  if ((await file.readFile("utf8")) === text) await file.write(text, 0);
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

import { constants, lstat, open } from "node:fs/promises";
import { pid } from "node:process";
import { OutputError } from "../../errors.js";
import { STALE_MS } from "./heartbeat.js";
import { isOfOurTable, isRunning, type RunningProcess, thisProcess } from "./running-process.js";

/** Who holds a lock. Locks of earlier versions tell the process's number and the host alone. */
export interface Holder extends RunningProcess {
  /** When it took the lock (ISO 8601). */
  since?: string;
}

/** A lock that is there. */
export interface FoundLock {
  text: string;
  /** Absent in what a crash of the machine left incomplete. */
  holder?: Holder;
  /** When its holder last showed that it works, in milliseconds by the clock of the disk. */
  touched: number;
}

const MOST_BYTES = 4096;

/**
 * Reads a lock; nothing where there is none.
 *
 * @throws OutputError if it cannot be read, or is something else
 */
export async function readLock(path: string): Promise<FoundLock | undefined> {
  try {
    const entry = await lstat(path);
    if (entry.isSymbolicLink()) throw noLock(path, "a link");
    if (!entry.isFile()) throw noLock(path, entry.isDirectory() ? "a folder" : "no file");
    if (entry.size > MOST_BYTES) throw noLock(path, "another file");
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const text = await file.readFile("utf8");
    return { text, holder: parseHolder(text, path), touched: (await file.stat()).mtimeMs };
  } catch (cause) {
    if (cause instanceof OutputError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new OutputError(`${path}: this lock cannot be read: ${code}.`, {
      advice: "If nobody works there, remove it.",
      cause,
    });
  }
}

/**
 * Whether the holder of a lock still works: as the table of processes says where this process can see it, else by its
 * last sign of life.
 *
 * @param now by the clock of the disk
 */
export function isHeld({ holder, touched }: FoundLock, now: number): boolean {
  if (!holder) return false;
  return isSeen(holder) ? isRunning(holder) && !isEarlier(holder) : now - touched < STALE_MS;
}

/** Who holds a lock, since when, and what can be done. */
export function describeHolder(
  { holder, touched }: FoundLock & { holder: Holder },
  path: string,
  now: number,
): { problem: string; advice: string } {
  const since = holder.since ? `, since ${inWords(Date.parse(holder.since))}` : "";
  const who = `process ${holder.pid} on ${holder.host} is working there${since}`;
  if (isSeen(holder))
    return {
      problem: `${who}.`,
      advice: `Wait for it, or end it${holder.since ? "" : `; if it no longer runs, remove ${path}`}.`,
    };
  const stale = inWords(Date.now() + STALE_MS - (now - touched));
  return {
    problem: `${who}; its last sign of life came ${Math.max(0, Math.round((now - touched) / 1000))} seconds ago.`,
    advice: `Wait for it, or end it. If it gives none until ${stale}, the same command goes on then; at once if you remove ${path}.`,
  };
}

/** Whether this process can see the holder's table of processes; an earlier version told only whose host it is of. */
function isSeen(holder: Holder): boolean {
  return holder.since === undefined ? holder.host === thisProcess().host : isOfOurTable(holder);
}

/** A lock of an earlier version with the number of this process, which takes none of those. */
function isEarlier(holder: Holder): boolean {
  return holder.since === undefined && holder.pid === pid;
}

function parseHolder(text: string, path: string): Holder | undefined {
  let holder: unknown;
  try {
    holder = JSON.parse(text);
  } catch {
    // Empty, zeros, or a beginning: the disk did not get all of it.
    if (/^\0*(\{|$)/.test(text)) return undefined;
    throw noLock(path, "another file");
  }
  const { pid, host } = (holder ?? {}) as Partial<Holder>;
  if (typeof pid !== "number" || typeof host !== "string") throw noLock(path, "another file");
  return holder as Holder;
}

function noLock(path: string, what: string): OutputError {
  return new OutputError(`${path}: is ${what}; expected the lock of a process that works there.`, {
    advice: "If nobody works there, remove it.",
  });
}

/** `2027-01-31 12:00:00 UTC` */
function inWords(time: number): string {
  return Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC` : "?";
}

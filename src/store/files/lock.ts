import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { kill, pid } from "node:process";
import { OutputError } from "../../errors.js";
import { explainWriteError } from "./output-error.js";

interface Holder {
  pid: number;
  host: string;
}

/** Another process, or another job of this one, holds the lock. */
export class HeldError extends OutputError {}

/**
 * The locks that this process holds. A lock with this process's number that is not among them is from an earlier
 * process.
 */
const held = new Set<string>();

/** Two jobs of this process may try the same at once. */
let tries = 0;

/**
 * Takes a lock for this process; one left by a process of this machine that is gone is taken over.
 *
 * A lock appears with its content (a link to a complete file) and is taken away by renaming, which only one process can
 * do.
 *
 * @param path the lock file
 * @param what what it locks, for messages
 * @returns what releases it
 * @throws HeldError that names the process that holds it; OutputError that says why nothing can be written there
 */
export async function lock(path: string, what: string): Promise<() => Promise<void>> {
  try {
    return await take(path, what);
  } catch (error) {
    throw explainWriteError(error, what);
  }
}

async function take(path: string, what: string): Promise<() => Promise<void>> {
  const own = `${path}.${pid}-${tries++}`;
  const content = JSON.stringify({ pid, host: hostname() } satisfies Holder);
  await writeFile(own, content);
  try {
    while (!(await tryLink(own, path))) {
      const found = await readFile(path, "utf8").catch(() => undefined);
      if (found === undefined) continue;
      const holder = parseHolder(found);
      if (holder && isAlive(holder, path)) {
        throw new HeldError(`${what}: process ${holder.pid} on ${holder.host} is working there.`, {
          advice: `Wait for it, or end it; if it no longer runs, remove ${path}.`,
        });
      }
      await takeAway(path, `${own}.stale`, found);
    }
  } finally {
    await rm(own, { force: true });
  }
  held.add(path);
  return async () => {
    held.delete(path);
    if ((await readFile(path, "utf8").catch(() => undefined)) === content) await rm(path, { force: true });
  };
}

/** Whether a process that is there holds a lock. */
export async function isLocked(path: string): Promise<boolean> {
  const found = await readFile(path, "utf8").catch(() => undefined);
  const holder = found === undefined ? undefined : parseHolder(found);
  return holder !== undefined && isAlive(holder, path);
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

/** Removes a stale lock; one that another process has put in its place meanwhile is put back. */
async function takeAway(path: string, aside: string, stale: string): Promise<void> {
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readFile(aside, "utf8")) !== stale) await tryLink(aside, path);
  await rm(aside, { force: true });
}

/** Undefined for a lock that its writer, or a crash of the machine, left incomplete. */
function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text);
    return typeof holder?.pid === "number" ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid: holder, host }: Holder, path: string): boolean {
  if (host !== hostname()) return true;
  if (holder === pid) return held.has(path);
  try {
    kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

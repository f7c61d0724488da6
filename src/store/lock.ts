import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { kill, pid } from "node:process";
import { OutputError } from "../errors.js";

interface Holder {
  pid: number;
  host: string;
}

/**
 * Takes a folder for this process; a lock left by a process of this machine that is gone is taken over.
 *
 * A lock comes into being with its content (a link to a file that is complete), and is taken away by renaming, which
 * only one process can do.
 *
 * @returns what releases the folder
 * @throws OutputError that names the process that holds it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, ".lock");
  const own = join(folder, `.lock.${pid}`);
  const content = JSON.stringify({ pid, host: hostname() } satisfies Holder);
  await writeFile(own, content);
  try {
    while (!(await tryLink(own, path))) {
      const found = await readFile(path, "utf8").catch(() => undefined);
      if (found === undefined) continue;
      const holder = JSON.parse(found) as Holder;
      if (isAlive(holder)) {
        throw new OutputError(
          `${folder}: process ${holder.pid} on ${holder.host} is working in this folder. Wait for it, or end it; if it is gone, remove ${path}.`,
        );
      }
      await takeAway(path, `${own}.stale`, found);
    }
  } finally {
    await rm(own, { force: true });
  }
  return async () => {
    if ((await readFile(path, "utf8").catch(() => undefined)) === content) await rm(path, { force: true });
  };
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

function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

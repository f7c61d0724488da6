import { open, readFile, rm } from "node:fs/promises";
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
 * @returns what releases the folder
 * @throws OutputError that names the process that holds it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, ".lock");
  const self: Holder = { pid, host: hostname() };
  for (;;) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(JSON.stringify(self));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await readHolder(path);
    if (holder && isAlive(holder)) {
      throw new OutputError(
        `${folder}: process ${holder.pid} on ${holder.host} is working in this folder. Wait for it, or end it; if it is gone, remove ${path}.`,
      );
    }
    await rm(path, { force: true });
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    // Gone by now, or its writer was killed before it had written its name.
    return undefined;
  }
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

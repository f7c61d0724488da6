import { lstat, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { geteuid } from "node:process";
import { keepPathFresh } from "./heartbeat.js";
import { explainWriteError } from "./output-error.js";
import { isLeft, MARK, ownMark } from "./owner-mark.js";

const NAME = new RegExp(`^crisscross-(${MARK})-.{6}$`);

/** A folder that is gone when it is disposed of. */
export interface TemporaryFolder extends AsyncDisposable {
  path: string;
}

/** Makes a folder for this user alone; those of processes that were killed are removed. */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `crisscross-${ownMark()}-`)).catch((error) => {
    throw explainWriteError(error, tmpdir());
  });
  const stop = keepPathFresh(path);
  await sweep(tmpdir(), (await stat(path)).mtimeMs);
  const remove = async () => {
    stop();
    await rm(path, { recursive: true, force: true });
  };
  return { path, [Symbol.asyncDispose]: remove };
}

/** Lets `work` use a folder that is gone when it ends. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await using folder = await makeTemporaryFolder();
  return await work(folder.path);
}

async function sweep(parent: string, now: number): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const mark = NAME.exec(name)?.[1];
    const path = join(parent, name);
    if (!mark || !(await isLeft(path, mark, now))) continue;
    const found = await lstat(path).catch(() => undefined);
    const isOurs = found?.isDirectory() && (!geteuid || found.uid === geteuid());
    // Another process may remove it at the same time.
    if (isOurs) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

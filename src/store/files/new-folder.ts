import { existsSync } from "node:fs";
import { mkdir, readdir, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { OptionError, OutputError } from "../../errors.js";
import { exchangeFolder, recoverFolder } from "./exchange-folder.js";
import { refuseFileName } from "./file-name.js";
import { keepPathFresh } from "./heartbeat.js";
import { MOST_LINKS, nextOfLink } from "./next-link.js";
import { partPath } from "./part-name.js";

/** Where a folder that is to be written really goes. */
export interface FolderPlace {
  path: string;
  /** What it holds already; none where it is not there. */
  entries: string[];
}

/**
 * Follows links to where a folder goes, be it there or not.
 *
 * @throws OptionError if it is a file, or has the name of one; OutputError if the folder that it lies in is missing
 */
export async function findFolderPlace(name: string, links = MOST_LINKS): Promise<FolderPlace> {
  if (name === "") throw new OptionError("The folder to write has no name.");
  const found = await realpath(name).catch(() => undefined);
  if (found !== undefined) {
    const entries = await readdir(found).catch((cause) => {
      if (cause.code !== "ENOTDIR")
        throw new OutputError(`${name}: cannot be read: ${cause.code}.`, { cause });
      throw new OptionError(`${name}: is a file; expected the name of a new folder.`, { cause });
    });
    return { path: found, entries };
  }
  refuseFileName(name);
  const parent = await realpath(dirname(resolve(name))).catch((cause) => {
    throw new OutputError(`${name}: the folder that it would lie in does not exist.`, {
      advice: "Make it first.",
      cause,
    });
  });
  const path = join(parent, basename(resolve(name)));
  const next = await nextOfLink(path);
  if (next === undefined) return { path, entries: [] };
  if (links === 0)
    throw new OutputError(`${name}: is a link that leads to itself.`, { advice: "Name another." });
  return findFolderPlace(next, links - 1);
}

export function notEmpty(name: string): OptionError {
  return new OptionError(`${name}: is not empty; expected a new folder, or an empty one.`, {
    advice: "Name another.",
  });
}

/**
 * Lets `write` fill a folder beside `path`, and puts it there when it is complete. An existing folder stays, since a
 * shell may be in it: its contents are exchanged, and until then only their owner may look at the new ones.
 *
 * @param replace whether existing contents may be removed; else a folder that has been filled meanwhile is refused
 */
export async function writeNewFolder(
  path: string,
  write: (staging: string) => Promise<void>,
  { replace = false } = {},
): Promise<void> {
  await recoverFolder(path);
  const staging = partPath(path);
  await mkdir(staging, { mode: existsSync(path) ? 0o700 : 0o777 });
  const stop = keepPathFresh(staging);
  try {
    await write(staging);
    const entries = await readdir(path).catch((error) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (entries === undefined) return await rename(staging, path);
    if (entries.length > 0 && !replace) throw notEmpty(path);
    await exchangeFolder(staging, path);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  } finally {
    stop();
  }
}

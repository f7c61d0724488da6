/**
 * Loaded before a program (`node --import`): the process kills itself, as `kill -9` does, the moment that it has made a
 * file or folder whose path matches the pattern in `DIE_AT`. Somebody who watches from outside may come too late.
 */
import fs, { type PathLike } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const moment = new RegExp(process.env.DIE_AT!);

function dieAt(path: PathLike): void {
  if (moment.test(String(path))) process.kill(process.pid, "SIGKILL");
}

const { open, mkdir, rename } = fs.promises;
const { createWriteStream } = fs;

fs.promises.open = async (path, flags, mode) => {
  const file = await open(path, flags, mode);
  if (flags) dieAt(path);
  return file;
};
fs.promises.mkdir = (async (path: PathLike, options: fs.MakeDirectoryOptions) => {
  const made = await mkdir(path, options);
  dieAt(path);
  return made;
}) as typeof mkdir;
fs.promises.rename = async (from, to) => {
  await rename(from, to);
  dieAt(to);
};
fs.createWriteStream = (path, options) => createWriteStream(path, options).once("open", () => dieAt(path));
syncBuiltinESMExports();

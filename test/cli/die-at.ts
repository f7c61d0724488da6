/**
 * Loaded before a program (`node --import`): the process kills itself, as `kill -9` does, the moment that it has made a
 * file or folder whose path matches the pattern in `DIE_AT`, or removed one of which `PATH is gone` does. Somebody who
 * watches from outside may come too late.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

type Call = (...given: unknown[]) => Promise<unknown>;

const moment = new RegExp(process.env.DIE_AT!);

function dieAt(path: unknown): void {
  if (moment.test(String(path))) process.kill(process.pid, "SIGKILL");
}

/** What makes files and folders, and which of its arguments is the path. */
const MAKERS = { open: 0, appendFile: 0, mkdir: 0, rename: 1 };

const calls = fs.promises as unknown as Record<string, Call>;
for (const [name, place] of Object.entries(MAKERS)) {
  const make = calls[name];
  calls[name] = async (...given) => {
    const made = await make(...given);
    const reads = name === "open" && !given[1];
    if (!reads) dieAt(given[place]);
    return made;
  };
}

const { rm } = calls;
calls.rm = async (path, options) => {
  await rm(path, options);
  dieAt(`${path} is gone`);
};

const { createWriteStream } = fs;
fs.createWriteStream = (path, options) => createWriteStream(path, options).once("open", () => dieAt(path));
syncBuiltinESMExports();

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { recoverFolder } from "../../../src/store/files/exchange-folder.js";
import { moveEntry } from "../../../src/store/files/move-entry.js";
import { temporaryFolder } from "../../temporary-folder.js";

const NAMES = ["a", "b", "c"];

function fill(folder: string, text: string): void {
  mkdirSync(folder);
  for (const name of NAMES) writeFileSync(join(folder, name), text);
}

/** As a kill leaves the folder after so many of the six renamings. */
for (let renamings = 0; renamings <= 6; renamings++) {
  test(`an exchange that was killed after ${renamings} of 6 entries is undone or finished, and nothing is left`, async (t) => {
    const root = temporaryFolder(t);
    const [path, next, old, gone] = ["out", ".out.new.part", ".out.old.part", ".out.gone.part"].map((name) =>
      join(root, name),
    );
    fill(path, "old");
    fill(next, "new");
    mkdirSync(old);
    for (const name of NAMES.slice(0, renamings)) renameSync(join(path, name), join(old, name));
    if (renamings > 3) renameSync(old, gone);
    for (const name of NAMES.slice(0, renamings - 3))
      if (renamings > 3) renameSync(join(next, name), join(path, name));
    await recoverFolder(path);
    t.deepEqual(readdirSync(root), ["out"]);
    for (const name of NAMES) t.is(readFileSync(join(path, name), "utf8"), renamings > 3 ? "new" : "old");
  });
}

test("a folder that is no part of an exchange stays as it is", async (t) => {
  const root = temporaryFolder(t);
  fill(join(root, "out"), "old");
  await recoverFolder(join(root, "out"));
  await recoverFolder(join(root, "no"));
  t.deepEqual(readdirSync(join(root, "out")), NAMES);
  t.false(existsSync(join(root, "no")));
});

const SHARED_MEMORY = "/dev/shm";
const isOther = existsSync(SHARED_MEMORY) && statSync(SHARED_MEMORY).dev !== statSync(tmpdir()).dev;

(isOther ? test : test.skip)(
  "what moves to another disk is copied whole, and leaves its place",
  async (t) => {
    const other = mkdtempSync(join(SHARED_MEMORY, "crisscross-test-"));
    t.teardown(() => rmSync(other, { recursive: true }));
    const from = join(temporaryFolder(t), "folder");
    mkdirSync(from);
    writeFileSync(join(from, "file"), "text");
    await moveEntry(from, join(other, "folder"));
    t.is(readFileSync(join(other, "folder", "file"), "utf8"), "text");
    t.false(existsSync(from));
  },
);

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { moveEntry } from "../../../src/store/files/move-entry.js";
import { temporaryFolder } from "../../temporary-folder.js";

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

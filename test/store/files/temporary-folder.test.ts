import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import test from "ava";
import { makeTemporaryFolder } from "../../../src/store/files/temporary-folder.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a temporary folder goes when it is disposed of, and one of a killed process with the next", async (t) => {
  const place = temporaryFolder(t);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = place;
  t.teardown(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  const living = await makeTemporaryFolder();
  const gone = spawnSync("true").pid.toString(36);
  const left = basename(living.path).replace(/^(crisscross-\w+-)[0-9a-z]+/, `$1${gone}`);
  mkdirSync(join(place, left));
  writeFileSync(join(place, left, "text"), "confidential");
  symlinkSync(place, join(place, left.replace(/.$/, "+")));
  mkdirSync(join(place, "crisscross-else"));
  {
    await using next = await makeTemporaryFolder();
    t.true(existsSync(next.path));
    t.deepEqual(
      readdirSync(place).toSorted(),
      [living.path, next.path, left.replace(/.$/, "+"), "crisscross-else"]
        .map((path) => basename(path))
        .toSorted(),
    );
  }
  await living[Symbol.asyncDispose]();
  t.deepEqual(readdirSync(place).toSorted(), [left.replace(/.$/, "+"), "crisscross-else"].toSorted());
});

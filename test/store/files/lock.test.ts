import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import test from "ava";
import { OutputError } from "../../../src/errors.js";
import { lock } from "../../../src/store/files/lock.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a folder that a living process holds is refused, and the process named", async (t) => {
  const folder = temporaryFolder(t);
  const lockFolder = () => lock(join(folder, ".lock"), folder);
  const release = await lockFolder();
  await t.throwsAsync(lockFolder(), {
    instanceOf: OutputError,
    message: new RegExp(`process ${process.pid} on ${hostname()} is working there`),
  });
  await release();
  await (await lockFolder())();
  t.false(existsSync(join(folder, ".lock")));
});

test("the lock of a process that is gone is taken over", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  const { pid } = spawnSync("true");
  writeFileSync(path, JSON.stringify({ pid, host: hostname() }));
  const release = await lock(path, "it");
  t.is(JSON.parse(readFileSync(path, "utf8")).pid, process.pid);
  await release();
  t.false(existsSync(path));
});

test("a lock from another machine is never taken over", async (t) => {
  const folder = temporaryFolder(t);
  const lockFolder = () => lock(join(folder, ".lock"), folder);
  writeFileSync(join(folder, ".lock"), JSON.stringify({ pid: 1, host: "elsewhere" }));
  await t.throwsAsync(lockFolder(), { message: /process 1 on elsewhere/ });
});

test("a torn lock, and one of an earlier process of the same number, are taken over", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  for (const content of ["", "{", JSON.stringify({ pid: process.pid, host: hostname() })]) {
    writeFileSync(path, content);
    await (await lock(path, "it"))();
    t.false(existsSync(path));
  }
});

test("a place where no lock can be written is one sentence", async (t) => {
  const folder = temporaryFolder(t);
  await t.throwsAsync(lock(join(folder, "no", ".lock"), "out"), {
    instanceOf: OutputError,
    message: /^out: its folder does not exist\. Make it first\.$/,
  });
});

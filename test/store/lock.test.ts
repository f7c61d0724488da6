import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import test from "ava";
import { OutputError } from "../../src/errors.js";
import { lockFolder } from "../../src/store/lock.js";
import { temporaryFolder } from "../temporary-folder.js";

test("a folder that a living process holds is refused, and the process named", async (t) => {
  const folder = temporaryFolder(t);
  const release = await lockFolder(folder);
  await t.throwsAsync(lockFolder(folder), {
    instanceOf: OutputError,
    message: new RegExp(`process ${process.pid} on ${hostname()} is working in this folder`),
  });
  await release();
  await (await lockFolder(folder))();
  t.false(existsSync(join(folder, ".lock")));
});

test("the lock of a process that is gone is taken over", async (t) => {
  const folder = temporaryFolder(t);
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(join(folder, ".lock"), JSON.stringify({ pid, host: hostname() }));
  const release = await lockFolder(folder);
  await release();
  t.pass();
});

test("a lock from another machine is never taken over", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, ".lock"), JSON.stringify({ pid: 1, host: "elsewhere" }));
  await t.throwsAsync(lockFolder(folder), { message: /process 1 on elsewhere/ });
});

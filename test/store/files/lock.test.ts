import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import test from "ava";
import { OutputError } from "../../../src/errors.js";
import { beat, STALE_MS } from "../../../src/store/files/heartbeat.js";
import { HeldError, isLocked, lock } from "../../../src/store/files/lock.js";
import { partPath } from "../../../src/store/files/part-name.js";
import { type RunningProcess, thisProcess } from "../../../src/store/files/running-process.js";
import { temporaryFolder } from "../../temporary-folder.js";

const take = async (path: string) => (await lock(path, "run"))[Symbol.asyncDispose]();

test("a folder that a living process holds is refused, and the process named", async (t) => {
  const folder = temporaryFolder(t);
  const lockFolder = () => lock(join(folder, ".lock"), folder);
  const held = await lockFolder();
  await t.throwsAsync(lockFolder(), {
    instanceOf: OutputError,
    message: new RegExp(`process ${process.pid} on ${hostname()} is working there`),
  });
  await held[Symbol.asyncDispose]();
  await (await lockFolder())[Symbol.asyncDispose]();
  t.false(existsSync(join(folder, ".lock")));
});

test("the lock of a process that is gone is taken over", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  const { pid } = spawnSync("true");
  writeFileSync(path, JSON.stringify({ pid, host: hostname() }));
  const held = await lock(path, "it");
  t.is(JSON.parse(readFileSync(path, "utf8")).pid, process.pid);
  await held[Symbol.asyncDispose]();
  t.false(existsSync(path));
});

const SINCE = "2027-01-31T12:00:00.000Z";

/** A lock as a process leaves it that gave its last sign of life so long ago. */
function leaveLock(path: string, holder: Partial<RunningProcess>, ageMs: number): void {
  writeFileSync(path, JSON.stringify({ ...thisProcess(), since: SINCE, ...holder }));
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
}

/** Processes whose table is not ours, though each has the number of one that we know. */
const ELSEWHERE: Record<string, Partial<RunningProcess>> = {
  "another machine": { host: "elsewhere" },
  "another container of this host name": { namespace: "pid:[1]" },
  "another machine of this host name": { boot: "00000000-0000-0000-0000-000000000000" },
  "a number that nobody has here": { namespace: "pid:[1]", pid: 2 ** 30 },
};

for (const [name, holder] of Object.entries(ELSEWHERE))
  test(`the lock of ${name} is refused while it gives signs of life, and taken over when it gives none for ten minutes`, async (t) => {
    const path = join(temporaryFolder(t), ".lock");
    leaveLock(path, holder, STALE_MS - 60_000);
    t.true(await isLocked(path));
    await t.throwsAsync(lock(path, "run"), {
      instanceOf: HeldError,
      message:
        /^run: process \d+ on \S+ is working there, since 2027-01-31 12:00:00 UTC; its last sign of life came 5[34]\d seconds ago\. Wait for it, or end it\. If it gives none until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, the same command goes on then; at once if you remove \S+\/\.lock\.$/,
    });
    leaveLock(path, holder, STALE_MS + 60_000);
    t.false(await isLocked(path));
    const held = await lock(path, "run");
    t.like(JSON.parse(readFileSync(path, "utf8")), thisProcess());
    await held[Symbol.asyncDispose]();
    t.deepEqual(readdirSync(join(path, "..")), []);
  });

test("of this machine's processes the table decides, whatever the last sign of life", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  leaveLock(path, {}, 10 * STALE_MS);
  await t.throwsAsync(lock(path, "run"), {
    message: `run: process ${process.pid} on ${hostname()} is working there, since 2027-01-31 12:00:00 UTC. Wait for it, or end it.`,
  });
  leaveLock(path, { pid: spawnSync("true").pid }, 0);
  await take(path);
  t.false(existsSync(path));
});

(thisProcess().start ? test : test.skip)("a later process of the same number holds no lock", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  leaveLock(path, { start: "1" }, 0);
  t.false(await isLocked(path));
  await take(path);
  t.false(existsSync(path));
});

test("a lock that an earlier version left on another machine is taken over in the end, too", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  const leave = (ageMs: number) => {
    writeFileSync(path, JSON.stringify({ pid: 1, host: "elsewhere" }));
    const then = new Date(Date.now() - ageMs);
    utimesSync(path, then, then);
  };
  leave(0);
  await t.throwsAsync(lock(path, "run"), { message: /process 1 on elsewhere is working there;/ });
  leave(STALE_MS + 60_000);
  await take(path);
  t.false(existsSync(path));
});

test("a process whose lock was taken over while it seemed gone learns so", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  await using held = await lock(path, "run");
  await t.notThrowsAsync(held.check());
  leaveLock(path, { host: "elsewhere" }, 0);
  await t.throwsAsync(held.check(), {
    instanceOf: OutputError,
    message: /^run: another process has taken over the work there/,
  });
});

test("a heartbeat shows that the holder works, and leaves the lock of another one alone", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  const held = await lock(path, "run");
  utimesSync(path, 0, 0);
  await beat();
  t.true(statSync(path).mtimeMs > Date.now() - STALE_MS);
  leaveLock(path, { host: "elsewhere" }, 5_000_000);
  const before = statSync(path).mtimeMs;
  await beat();
  t.is(statSync(path).mtimeMs, before);
  await held[Symbol.asyncDispose]();
  t.is(JSON.parse(readFileSync(path, "utf8")).host, "elsewhere");
});

test("a process that is killed while it takes over a stale lock keeps nobody from it", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, ".lock");
  const { pid } = spawnSync("true");
  for (const name of [".lock", ".lock.takeover", ".lock.takeover.takeover"])
    leaveLock(join(folder, name), { pid }, 0);
  await take(path);
  t.deepEqual(readdirSync(folder), []);
});

test("what killed processes were writing beside a lock goes when it is taken", async (t) => {
  const folder = temporaryFolder(t);
  const gone = spawnSync("true").pid.toString(36);
  writeFileSync(join(folder, partPath("out").replace(/-[0-9a-z]+-/, `-${gone}-`)), "");
  await take(join(folder, ".lock"));
  t.deepEqual(readdirSync(folder), []);
});

test("one of many that find a stale lock takes it over", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  leaveLock(path, { pid: spawnSync("true").pid }, 0);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lock(path, "run")));
  t.is(tries.filter(({ status }) => status === "fulfilled").length, 1);
});

const UNREADABLE: Record<string, [(path: string) => void, RegExp]> = {
  "a folder": [(path) => mkdirSync(path), /is a folder; expected the lock/],
  "a link to what is not there": [(path) => symlinkSync("nothing", path), /is a link; expected the lock/],
  "a link to itself": [(path) => symlinkSync(".lock", path), /is a link; expected the lock/],
  "a named pipe": [(path) => spawnSync("mkfifo", [path]), /is no file; expected the lock/],
  "another file": [(path) => writeFileSync(path, "yarn"), /is another file; expected the lock/],
  "other JSON": [(path) => writeFileSync(path, '{"pid":"7"}'), /is another file; expected the lock/],
  "a large file": [(path) => writeFileSync(path, "{".repeat(5000)), /is another file; expected the lock/],
};

for (const [name, [make, message]] of Object.entries(UNREADABLE))
  test(`${name} in place of a lock is an error that names it, and stays`, async (t) => {
    const path = join(temporaryFolder(t), ".lock");
    make(path);
    await t.throwsAsync(lock(path, "run"), { instanceOf: OutputError, message });
    await t.throwsAsync(isLocked(path), { instanceOf: OutputError });
    t.deepEqual(readdirSync(join(path, "..")), [".lock"]);
  });

test("a torn lock, and one of an earlier process of the same number, are taken over", async (t) => {
  const path = join(temporaryFolder(t), ".lock");
  for (const content of ["", "{", JSON.stringify({ pid: process.pid, host: hostname() })]) {
    writeFileSync(path, content);
    await take(path);
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

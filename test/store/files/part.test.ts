import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { geteuid } from "node:process";
import { promisify } from "node:util";
import test from "ava";
import { OutputError } from "../../../src/errors.js";
import { NpyWriter, readNpy } from "../../../src/store/arrays/npy-file.js";
import { STALE_MS } from "../../../src/store/files/heartbeat.js";
import { findOutput } from "../../../src/store/files/output-path.js";
import { openNew, Part } from "../../../src/store/files/part.js";
import { partPath, sweepParts } from "../../../src/store/files/part-name.js";
import { writeWhole, writeWholeText } from "../../../src/store/files/whole-file.js";
import {
  EndedEarly,
  readFully,
  readFullySync,
  readUpTo,
  readUpToSync,
  writeFully,
  writeFullySync,
} from "../../../src/store/files/whole-io.js";
import { temporaryFolder } from "../../temporary-folder.js";

const rightsOf = (path: string) => statSync(path).mode & 0o777;

for (const rights of [0o600, 0o640, 0o666, 0o444])
  test(`a file of rights ${rights.toString(8)} keeps them, and so has the new one while it is written`, async (t) => {
    const path = join(temporaryFolder(t), "out");
    writeFileSync(path, "old");
    chmodSync(path, rights);
    await writeWhole(path, async (file) => {
      t.is((await file.stat()).mode & 0o777, rights);
      await file.writeFile("new");
    });
    t.is(rightsOf(path), rights);
    t.is(readFileSync(path, "utf8"), "new");
  });

test("a new file has the rights that any program's would have", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "other"), "");
  await writeWholeText(join(folder, "out"), "new");
  t.is(rightsOf(join(folder, "out")), rightsOf(join(folder, "other")));
});

test("an array that is replaced keeps its rights, and while it is written nobody else may read it", async (t) => {
  const path = join(temporaryFolder(t), "a.npy");
  writeFileSync(path, "old");
  chmodSync(path, 0o640);
  const unfinished = join(dirname(path), ".a.npy.0123456789abcdef.part");
  const writer = await NpyWriter.open(unfinished, "<f4", 1);
  t.is(rightsOf(unfinished), 0o600);
  await writer.append(Float32Array.of(1));
  await writer.finish(path);
  t.is(rightsOf(path), 0o640);
  t.deepEqual(readNpy(path), Float32Array.of(1));
});

(geteuid?.() === 0 ? test : test.skip)("owner and group are kept where the system allows it", async (t) => {
  const path = join(temporaryFolder(t), "out");
  writeFileSync(path, "old");
  chownSync(path, 12345, 23456);
  await writeWholeText(path, "new");
  t.like(statSync(path), { uid: 12345, gid: 23456 });
});

test("nothing is written through a link that somebody has put where a part of a known name goes", async (t) => {
  const folder = temporaryFolder(t);
  const [victim, planted] = [join(folder, "victim"), join(folder, ".spool.part")];
  writeFileSync(victim, "mine");
  symlinkSync(victim, planted);
  await (await openNew(planted)).close();
  t.false(lstatSync(planted).isSymbolicLink());
  t.is(readFileSync(victim, "utf8"), "mine");
});

test("unfinished work that is a link, a second name or another user's is refused by name", async (t) => {
  const folder = temporaryFolder(t);
  const [victim, planted] = [join(folder, "victim"), join(folder, ".a.npy.0123456789abcdef.part")];
  writeFileSync(victim, "mine");
  symlinkSync(victim, planted);
  const open = () => NpyWriter.open(planted, "<f4", 1);
  const refused = { instanceOf: OutputError, message: /\.part: is a link; expected what an earlier run/ };
  await t.throwsAsync(open, refused);
  spawnSync("ln", ["-f", victim, planted]);
  await t.throwsAsync(open, refused);
  t.is(readFileSync(victim, "utf8"), "mine");
  if (geteuid?.() !== 0) return;
  spawnSync("rm", [planted]);
  writeFileSync(planted, "");
  chownSync(planted, 12345, 12345);
  await t.throwsAsync(open, { instanceOf: OutputError, message: /is another user's; expected/ });
  // Whoever owns the folder could put anything there anyway.
  chownSync(folder, 12345, 12345);
  await t.notThrowsAsync(open);
});

test("names of parts cannot be guessed, and fit on the disk", (t) => {
  t.not(partPath("out"), partPath("out"));
  t.true(Buffer.byteLength(basename(partPath(`/x/${"ä".repeat(127)}`))) <= 255);
});

/** The name that a part of another process would have. */
function partOf(path: string, mark: Partial<{ table: string; pid: number }>): string {
  const [, name, table, pid, rest] = /^(.*\.)([0-9a-f]{8})-([0-9a-z]+)(-.*)$/.exec(partPath(path))!;
  return `${name}${mark.table ?? table}-${mark.pid?.toString(36) ?? pid}${rest}`;
}

test("parts of processes that are gone are removed, whatever they were to become; others stay", async (t) => {
  const folder = temporaryFolder(t);
  const at = (path: string, ageMs = 0) => {
    writeFileSync(path, "");
    const then = new Date(Date.now() - ageMs);
    utimesSync(path, then, then);
    return basename(path);
  };
  const own = await Part.create(join(folder, "out"));
  at(partOf(join(folder, "other"), { pid: spawnSync("true").pid }));
  at(partOf(join(folder, "out"), { table: "00000000" }), STALE_MS + 60_000);
  const stay = [
    basename(own.path),
    at(partOf(join(folder, "out"), { table: "00000000" }), STALE_MS - 60_000),
    at(join(folder, ".out.0123456789abcdef.part"), 2 * STALE_MS),
    at(join(folder, ".out.part"), 2 * STALE_MS),
    at(join(folder, "out.part"), 2 * STALE_MS),
  ];
  await sweepParts(folder, Date.now());
  t.deepEqual(readdirSync(folder).toSorted(), stay.toSorted());
  await own.discard();
});

test("an output that is a link to what is not there makes that, through several links, too", async (t) => {
  const folder = temporaryFolder(t);
  symlinkSync("second", join(folder, "first"));
  symlinkSync("real", join(folder, "second"));
  t.deepEqual(await findOutput(join(folder, "first")), { path: join(folder, "real"), special: false });
  symlinkSync("no/real", join(folder, "nowhere"));
  await t.throwsAsync(findOutput(join(folder, "nowhere")), {
    message: /no\/real: its folder does not exist/,
  });
  symlinkSync("loop", join(folder, "loop"));
  await t.throwsAsync(findOutput(join(folder, "loop")), {
    instanceOf: OutputError,
    message: /loop: is a link that leads to itself/,
  });
});

const BYTES = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);

/** Runs a module in a process whose files may have 4 KiB: the system takes that much of a write, and says so. */
async function runWithSmallFiles(code: string): Promise<string> {
  const run = 'ulimit -f 4; exec "$0" --input-type=module -e "$1"';
  return (await promisify(execFile)("bash", ["-c", run, process.execPath, code])).stdout.trim();
}

const MODULE = JSON.stringify(new URL("../../../src/store/files/whole-io.js", import.meta.url).href);

test("what does not fit is an error, not a shorter file", async (t) => {
  const path = JSON.stringify(join(temporaryFolder(t), "file"));
  const code = `
    import { openSync, writeSync } from "node:fs";
    import { open } from "node:fs/promises";
    import { writeFully, writeFullySync } from ${MODULE};
    const bytes = new Uint8Array(5000);
    const file = openSync(${path}, "w");
    const told = [writeSync(file, bytes, 0, 5000, 0)];
    try { writeFullySync(file, bytes, 0); } catch (error) { told.push(error.code); }
    try { await writeFully(await open(${path}, "w"), bytes); } catch (error) { told.push(error.code); }
    console.log(told.join());`;
  // The first is what the system does on its own.
  t.is(await runWithSmallFiles(code), "4096,EFBIG,EFBIG");
});

test("all of it is written and read, at a position or one after the other", async (t) => {
  const path = join(temporaryFolder(t), "file");
  const file = openSync(path, "w+");
  t.teardown(() => closeSync(file));
  writeFullySync(file, BYTES.subarray(0, 100));
  writeFullySync(file, BYTES.subarray(100), 100);
  t.deepEqual(new Uint8Array(readFileSync(path)), BYTES);
  const read = new Uint8Array(4900);
  readFullySync(file, read, 100);
  t.deepEqual(read, BYTES.subarray(100));

  const handle = await open(path, "r+");
  t.teardown(() => handle.close());
  const again = new Uint8Array(5000);
  await readFully(handle, again);
  t.deepEqual(again, BYTES);
  await writeFully(handle, BYTES.subarray(0, 7), 4999);
  t.deepEqual(new Uint8Array(readFileSync(path).subarray(4999)), BYTES.subarray(0, 7));
});

test("a file that ends early gives what it has, or an error to whoever needs all", async (t) => {
  const path = join(temporaryFolder(t), "file");
  writeFileSync(path, BYTES);
  const handle = await open(path);
  t.teardown(() => handle.close());
  const bytes = new Uint8Array(5000);
  t.is(await readUpTo(handle, bytes, 4000), 1000);
  t.is(readUpToSync(handle.fd, bytes, 6000), 0);
  await t.throwsAsync(readFully(handle, bytes, 4000), { instanceOf: EndedEarly, message: /byte 5000/ });
  t.throws(() => readFullySync(handle.fd, bytes, 4000), { instanceOf: EndedEarly, message: /byte 5000/ });
});

/** One counts what a decoder took, the other passes a stream on in chunks of any size. */
const STREAMS = ["src/read/members/gzip-member.ts", "src/read/open.ts"];

test("nothing else in the sources reads or writes at a position by hand", (t) => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join("src", name));
  const byHand = files.filter((file) =>
    /\b(?:readv?Sync|writev?Sync)\b|\{ bytes(?:Read|Written)\b/.test(readFileSync(file, "utf8")),
  );
  t.deepEqual(byHand.sort(), [...STREAMS, "src/store/files/whole-io.ts"].sort());
});

import { execFile } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
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

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import test from "ava";
import { run } from "../../cli/run.js";
import { partPath } from "../../src/store/files/part-name.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

const ROWS = Array.from(
  { length: 100 },
  (_, i) => `${(1 + i / 100).toFixed(2)}\tsource ${i}\ttarget ${i}\n`,
).join("");

test("the terminal has a histogram of 20 lines, which tells what each threshold keeps", async (t) => {
  const { code, stdout, stderr } = await crisscross(["report", "-", "--text"], ROWS);
  t.deepEqual([code, stderr], [0, ""]);
  const bars = stdout.split("\n").filter((line) => line.includes("from here up"));
  t.is(bars.length, 20);
  for (const line of bars) {
    const [, threshold, drawn, pairs, kept] = /^([\d.]+) ([█▏▎▍▌▋▊▉]+) *(\d+) · (\d+) from here up$/.exec(
      line,
    )!;
    t.is(Number(kept), 100 - Math.ceil((Number(threshold) - 1) * 100 - 1e-9), line);
    t.true(Number(pairs) >= 4 && Number(pairs) <= 6 && drawn.length > 20, line);
  }
  t.regex(stdout, /^100 pairs · 200 and 200 words$/m);
});

test("a page goes to its file, or to standard output, but not to a terminal", async (t) => {
  const folder = temporaryFolder(t);
  const page = join(folder, "report.html");
  t.deepEqual(await crisscross(["report", "-", "-o", page], ROWS), { code: 0, stdout: "", stderr: "" });
  t.is((await crisscross(["report", "-"], ROWS)).stdout, readFileSync(page, "utf8"));
  const stdout = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = new PassThrough();
  const { signal } = new AbortController();
  t.is(await run(["report", "-"], { stdin: Readable.from([Buffer.from(ROWS)]), stdout, stderr, signal }), 2);
  t.regex(
    String(stderr.read()),
    /would be written to the terminal\. Name a file with --output, or ask for --text/,
  );
});

test("a page is compressed if its name says so, and a name of what is not written is refused", async (t) => {
  const folder = temporaryFolder(t);
  const page = (await crisscross(["report", "-"], ROWS)).stdout;
  await crisscross(["report", "-", "-o", join(folder, "report.html.gz")], ROWS);
  t.is(String(gunzipSync(readFileSync(join(folder, "report.html.gz")))), page);
  const { code, stderr } = await crisscross(["report", "-", "-o", join(folder, "report.html.xz")], ROWS);
  t.is(code, 1);
  t.regex(stderr, /xz and bz2 are read but not written/);
});

test("a named pipe gets the page and stays one", async (t) => {
  const pipe = join(temporaryFolder(t), "pipe");
  spawnSync("mkfifo", [pipe]);
  const reading = readFile(pipe, "utf8");
  t.is((await crisscross(["report", "-", "-o", pipe], ROWS)).code, 0);
  t.is(await reading, (await crisscross(["report", "-"], ROWS)).stdout);
  t.true(statSync(pipe).isFIFO());
});

test("what a killed report was writing goes with the next", async (t) => {
  const folder = temporaryFolder(t);
  const page = join(folder, "report.html");
  // No process has this number.
  const left = partPath(page).replace(/-[0-9a-z]+-[0-9a-z]+(?=-[0-9a-f]{12}\.part$)/, "-zzzzz-1");
  writeFileSync(left, "<!DOCTYPE html>");
  await crisscross(["report", "-", "-o", page], ROWS);
  t.deepEqual(readdirSync(folder), ["report.html"]);
});

test("a page takes the place of a page in a folder that it shows, and of no other file there", async (t) => {
  const folder = temporaryFolder(t);
  const scored = join(folder, "scored.tsv");
  writeFileSync(scored, ROWS);
  await crisscross(["filter", scored, "-o", join(folder, "kept.tsv")]);
  const [kept, page] = [join(folder, "kept.tsv"), join(folder, "page.html")];
  const before = readFileSync(kept, "utf8");
  for (const output of [page, page])
    t.is((await crisscross(["report", folder, scored, "-o", output])).code, 0, output);
  const { code, stderr } = await crisscross(["report", folder, "-o", kept]);
  t.is(code, 2);
  t.regex(stderr, /kept\.tsv: is a file of .*, which the output would replace\. Name another file\./);
  t.is(readFileSync(kept, "utf8"), before);
});

test("a page does not take the place of what it shows, and is not begun for what is none", async (t) => {
  const folder = temporaryFolder(t);
  const scored = join(folder, "scored.tsv");
  writeFileSync(scored, ROWS);
  t.regex((await crisscross(["report", scored, "-o", scored])).stderr, /is also an input/);
  t.regex(
    (await crisscross(["report", "-", "--against", "-", "--text"], ROWS)).stderr,
    /Several inputs are standard/,
  );
  const page = join(folder, "report.html");
  const { code, stderr } = await crisscross(["report", "-", "-o", page], "a\tb\n");
  t.is(code, 1);
  t.regex(
    stderr,
    /^crisscross: standard input: has no score in any of its 1 pairs; expected a bitext with scores/,
  );
  t.false(existsSync(page));
});

test("the columns of a bitext can be named, and broken lines be left out", async (t) => {
  const argv = ["report", "-", "--text", "--columns", "1,2", "--score-column", "3", "--on-error", "skip"];
  const { stdout } = await crisscross(argv, "a\tx\t1.5\nbroken\nb\ty\t1.25\n");
  t.regex(stdout, /^facts: pairs 2$/m);
  t.regex(stdout, /^left out: pairs that could not be read 1$/m);
});

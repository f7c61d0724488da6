import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import test from "ava";
import { writeTextDump } from "../dump.js";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { killAt } from "./kill-at.js";
import { crisscross } from "./terminal.js";

function mining(run: string): string[] {
  const towns = ["samples/town.de", "samples/town.en"];
  return ["mine", ...towns, "--encoder", "ngram", "--quiet", "--run", run];
}

/** What a run makes, from early to late. */
const MOMENTS_OF_MINE = [
  /\/source\.txt$/,
  /\/target\.json$/,
  /\/source\.npy$/,
  /\/target\.npy\.json$/,
  /\/candidates\.target\.npy$/,
  /\/\.pairs\.tsv/,
];

const folder = mkdtempSync(join(tmpdir(), "crisscross-test-"));
test.after.always(() => rmSync(folder, { recursive: true }));
let expected: Record<string, string> = {};

test.before("a run that nobody kills", async (t) => {
  const whole = join(folder, "whole");
  t.is((await crisscross(mining(whole))).code, 0);
  expected = hashRunFiles(whole);
});

for (const moment of MOMENTS_OF_MINE) {
  test(`kill -9 when ${moment} appears, and the same command again: the same bytes`, async (t) => {
    const killed = join(temporaryFolder(t), "killed");
    await killAt(t, moment, mining(killed));
    t.is((await crisscross(mining(killed))).code, 0);
    t.deepEqual(hashRunFiles(killed), expected);
  });
}

test("what a killed command was writing goes with the next one, whatever its output is called", async (t) => {
  const place = temporaryFolder(t);
  const convert = (output: string) => [
    "convert",
    "samples/town.de-en.tsv",
    "--quiet",
    "-o",
    join(place, output),
  ];
  await killAt(t, /\/\.first\.tsv\..*part$/, convert("first.tsv"));
  t.is(readdirSync(place).length, 1);
  t.is((await crisscross(convert("second.tsv"))).code, 0);
  t.deepEqual(readdirSync(place).toSorted(), ["second.tsv", "second.tsv.stats.json"]);
});

test("a disk that fills up is one sentence, and leaves nothing half-written under a final name", async (t) => {
  const run = join(temporaryFolder(t), "run");
  // No file may pass 100 blocks of 1,024 bytes: the vectors are the first that would.
  const script = `trap '' XFSZ; ulimit -f 100; exec "${process.execPath}" dist/cli/crisscross.js "$@"`;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", ...mining(run)], { encoding: "utf8" });
  t.is(status, 1);
  t.is(
    stderr,
    `crisscross: ${run}: files may not become that large here. No half-written file was left under a final name.\n`,
  );
  t.deepEqual(
    readdirSync(run).filter(
      (name) =>
        name.endsWith(".npy") && !name.startsWith(".") && statSync(join(run, name)).size >= 100 * 1024,
    ),
    [],
  );
  t.false(existsSync(join(run, "source.npy")));

  t.is((await crisscross(mining(run))).code, 0);
  t.deepEqual(hashRunFiles(run), expected);
});

test("two runs cannot work in one folder", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const fromStdin = mining(run).toSpliced(1, 1, "-");
  const waiting = spawn(process.execPath, ["dist/cli/crisscross.js", ...fromStdin]);
  const exit = once(waiting, "exit");
  // More than a pipe holds: when it is written, the run is reading.
  await new Promise((resolve) => waiting.stdin.write("ein Satz\n".repeat(50_000), resolve));
  const { code, stderr } = await crisscross(mining(run));
  t.is(code, 1);
  t.regex(stderr, new RegExp(`process ${waiting.pid} on .* is working there`));
  waiting.kill("SIGTERM");
  t.deepEqual(await exit, [143, null]);
  t.false(existsSync(run));
});

for (const [signal, code] of [
  ["SIGHUP", 129],
  ["SIGINT", 130],
] as const)
  test(`${signal} ends a run in order, with exit code ${code}`, async (t) => {
    const run = join(temporaryFolder(t), "run");
    const waiting = spawn(process.execPath, ["dist/cli/crisscross.js", ...mining(run).toSpliced(1, 1, "-")]);
    const exit = once(waiting, "exit");
    // More than a pipe holds: when it is written, the run is reading.
    await new Promise((resolve) => waiting.stdin.write("ein Satz\n".repeat(50_000), resolve));
    waiting.kill(signal);
    t.deepEqual(await exit, [code, null]);
    t.false(existsSync(run));
  });

for (const signal of ["SIGINT", "SIGTERM"] as const)
  test(`${signal} ends a command while it waits for a named pipe`, async (t) => {
    const place = temporaryFolder(t);
    const pipe = join(place, "pipe");
    spawnSync("mkfifo", [pipe]);
    const argv = ["dist/cli/crisscross.js", "convert", pipe, "-o", join(place, "pairs.tsv")];
    const waiting = spawn(process.execPath, argv);
    const [exit, said] = [once(waiting, "exit"), text(waiting.stderr)];
    // It opens when somebody reads; nothing is written to it.
    await using _writer = await open(pipe, "w");
    waiting.kill(signal);
    // A shell makes 130 and 143 of it.
    t.deepEqual(await exit, [null, signal]);
    t.is(await said, "crisscross: interrupted; no half-written file is left.\n");
    t.deepEqual(readdirSync(place), ["pipe"]);
  });

test("a lock that cannot be read is one sentence, and the run ends", async (t) => {
  const run = join(temporaryFolder(t), "run");
  mkdirSync(join(run, ".lock"), { recursive: true });
  t.deepEqual(await crisscross(mining(run)), {
    code: 1,
    stdout: "",
    stderr: `crisscross: ${run}/.lock: is a folder; expected the lock of a process that works there. If nobody works there, remove it.\n`,
  });
});

/** Four files, of which each has a page of the one before. */
function writeFiles(folder: string): string[] {
  const [de, en] = ["de", "en"].map((language) =>
    readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n"),
  );
  const pages = Array.from({ length: 26 }, (_, id) => ({
    url: `https://example.org/${id}`,
    id,
    text: [...de.slice(10 * id, 10 * id + 10), ...en.slice(10 * id, 10 * id + 10)].join("\n"),
  }));
  return [0, 1, 2, 3].map((i) => {
    const path = join(folder, `${i}.wet.gz`);
    writeFileSync(path, writeTextDump(pages.slice(6 * i, 6 * i + 7)));
    return path;
  });
}

function extraction(files: string[], output: string, threads = 1): string[] {
  const argv = ["extract", ...files, "--languages", "de,en", "--near-duplicates", "0.8"];
  return [...argv, "--threads", String(threads), "--quiet", "-o", output];
}

/** What it makes, from early to late. */
const MOMENTS_OF_EXTRACT = [
  /files\/.*\.lines\.part$/,
  /files\/[^.]*\.json$/,
  /\/\.de\.jsonl\.zst\.[^/]*part$/,
  /stats\.json/,
];

const inputs = mkdtempSync(join(tmpdir(), "crisscross-test-"));
test.after.always(() => rmSync(inputs, { recursive: true }));
let files: string[] = [];
let extracted: Record<string, string> = {};

test.before("an extraction that nobody kills", async (t) => {
  files = writeFiles(inputs);
  const whole = join(inputs, "whole");
  t.is((await crisscross(extraction(files, whole))).code, 0);
  extracted = hashRunFiles(whole);
});

for (const moment of MOMENTS_OF_EXTRACT) {
  test(`kill -9 when ${moment} appears, and the same command again: the same bytes`, async (t) => {
    const killed = join(temporaryFolder(t), "killed");
    await killAt(t, moment, extraction(files, killed, 2));
    t.is((await crisscross(extraction(files, killed))).code, 0);
    t.deepEqual(hashRunFiles(killed), extracted);
  });
}

test("a disk that fills up is one sentence, and the same command goes on when there is room", async (t) => {
  const output = join(temporaryFolder(t), "out");
  // No file may pass 16 blocks of 1,024 bytes: a draft is the first that would.
  const script = `trap '' XFSZ; ulimit -f 16; exec "${process.execPath}" dist/cli/crisscross.js "$@"`;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", ...extraction(files, output)], {
    encoding: "utf8",
  });
  t.is(status, 1);
  t.regex(
    stderr,
    /^crisscross: .*: files may not become that large here\. No half-written file was left under a final name\.\n$/,
  );
  t.deepEqual(
    readdirSync(join(output, "files")).filter((name) => name.startsWith(".")),
    [],
  );
  t.is((await crisscross(extraction(files, output))).code, 0);
  t.deepEqual(hashRunFiles(output), extracted);
});

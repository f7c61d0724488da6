import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";

function command(run: string, ...more: string[]): string[] {
  return [
    "dist/cli/crisscross.js",
    "mine",
    "samples/town.de",
    "samples/town.en",
    "--encoder",
    "ngram",
    "--quiet",
    "--run",
    run,
    ...more,
  ];
}

/** Names of which the first one appears early, the last one late. */
const MOMENTS = [
  "source.txt",
  "target.json",
  "source.npy",
  "target.npy.json",
  "candidates.target.npy",
  ".pairs.tsv",
];

for (const moment of MOMENTS) {
  test(`kill -9 when ${moment} appears, and the same command again: the same bytes`, async (t) => {
    const folder = temporaryFolder(t);
    const [whole, killed] = [join(folder, "whole"), join(folder, "killed")];
    t.is(spawnSync(process.execPath, command(whole)).status, 0);

    const child = spawn(process.execPath, command(killed));
    const exit = once(child, "exit");
    let ended = false;
    exit.then(() => (ended = true), t.fail);
    const appeared = () => existsSync(killed) && readdirSync(killed).some((name) => name.startsWith(moment));
    while (!appeared() && !ended) await new Promise((resolve) => setImmediate(resolve));
    child.kill("SIGKILL");
    await exit;

    t.is(spawnSync(process.execPath, command(killed)).status, 0);
    t.deepEqual(hashRunFiles(killed), hashRunFiles(whole));
  });
}

test("a disk that fills up is one sentence, and leaves nothing half-written under a final name", (t) => {
  const folder = temporaryFolder(t);
  const run = join(folder, "run");
  // No file may pass 100 blocks of 1,024 bytes: the vectors are the first that would.
  const script = `trap '' XFSZ; ulimit -f 100; exec "${process.execPath}" "$@"`;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", ...command(run)], { encoding: "utf8" });
  t.is(status, 1);
  t.is(
    stderr,
    `crisscross: ${run}: files may not become that large here. Nothing half-written was left under a final name.\n`,
  );
  t.deepEqual(
    readdirSync(run).filter(
      (name) =>
        name.endsWith(".npy") && !name.startsWith(".") && statSync(join(run, name)).size >= 100 * 1024,
    ),
    [],
  );
  t.false(existsSync(join(run, "source.npy")));

  t.is(spawnSync(process.execPath, command(run)).status, 0);
  const whole = join(folder, "whole");
  t.is(spawnSync(process.execPath, command(whole)).status, 0);
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});

test("two runs cannot work in one folder", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const waiting = spawn(process.execPath, [
    "dist/cli/crisscross.js",
    "mine",
    "-",
    "samples/town.en",
    "--run",
    run,
  ]);
  const exit = once(waiting, "exit");
  await new Promise((resolve) => waiting.stdin.write("ein Satz\n".repeat(50_000), resolve));
  const { status, stderr } = spawnSync(process.execPath, command(run), { encoding: "utf8" });
  t.is(status, 1);
  t.regex(stderr, new RegExp(`process ${waiting.pid} on .* is working there`));
  waiting.kill("SIGTERM");
  t.deepEqual(await exit, [130, null]);
  t.deepEqual(readdirSync(run), ["manifest.json"]);
});

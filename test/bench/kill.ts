/**
 * Kills runs (SIGKILL) at random moments, runs the same command again, and compares every file with those of a run that
 * nobody killed.
 *
 *   node dist/test/bench/kill.js [--job mine|criss|extract] [--kills 50] [--index exact|ivf|hnsw|usearch] [--seed 1]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { writeTextDump } from "../dump.js";
import { randomNumbers } from "../random.js";
import { hashRunFiles } from "../run-files.js";
import { describeMachine } from "./machine.js";
import { readMining } from "./mining.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    job: { type: "string", default: "mine" },
    kills: { type: "string", default: "50" },
    index: { type: "string", default: "exact" },
    seed: { type: "string", default: "1" },
  },
});
/** What each job's command is, given the folder that it works in. */
const JOBS: Record<string, { what: string; argv: (run: string) => string[] }> = {
  mine: { what: `mining/de-en.dev, ngram, ${values.index}`, argv: mineArguments },
  criss: { what: "samples/town, ngram, three rounds of the loop", argv: crissArguments },
  extract: {
    what: "twelve WET files of mining/de-en.dev, near-duplicates looked for",
    argv: extractArguments,
  },
};
const { what, argv } = JOBS[values.job];
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const dumps = values.job === "extract" ? await writeDumps() : [];
const next = randomNumbers(Number(values.seed));

const start = performance.now();
await run("reference");
const wholeMs = performance.now() - start;
const expected = hashRunFiles(join(folder, "reference"));
console.log(`${describeMachine()} · ${what}: ${(wholeMs / 1000).toFixed(1)} s a run`);

let [hit, different] = [0, 0];
for (let kill = 1; kill <= Number(values.kills); kill++) {
  const moment = next() * wholeMs;
  const killed = await run("killed", moment);
  if (killed) hit++;
  await run("killed");
  const same = isDeepStrictEqual(hashRunFiles(join(folder, "killed")), expected);
  if (!same) different++;
  const when = `${killed ? "killed" : "ended before it could be killed"} at ${(moment / 1000).toFixed(2)} s`;
  console.log(`run ${kill} ${when}: ${same ? "same bytes" : "DIFFERENT"}`);
  rmSync(join(folder, "killed"), { recursive: true });
}
rmSync(folder, { recursive: true });
console.log(
  `${hit} of ${values.kills} runs were killed before they ended; ${different} differ after resuming`,
);
if (different > 0) process.exitCode = 1;

function mineArguments(run: string): string[] {
  const stem = join(sharedPath("data/mining"), "de-en.dev");
  return [
    "mine",
    `${stem}.de`,
    `${stem}.en`,
    "--format",
    "bucc",
    "--index",
    values.index,
    "--encoder",
    "ngram",
    "--run",
    run,
  ];
}

function crissArguments(run: string): string[] {
  const texts = ["samples/town.de", "samples/town.en"];
  return ["criss", ...texts, "--dimensions", "64", "--patience", "9", "--encoder", "ngram", "--run", run];
}

function extractArguments(run: string): string[] {
  return ["extract", ...dumps, "--languages", "de,en", "--near-duplicates", "0.8", "-o", run];
}

/** Files of pages of ten paragraphs; the last page of each stands in the next one, too. */
async function writeDumps(): Promise<string[]> {
  const lines = await readMining(Number.POSITIVE_INFINITY);
  const pages = Array.from({ length: Math.floor(lines.length / 10) }, (_, id) => ({
    url: `https://example.org/${id}`,
    id,
    text: lines.slice(10 * id, 10 * id + 10).join("\n"),
  }));
  const size = Math.floor(pages.length / 12);
  return Array.from({ length: 12 }, (_, i) => {
    const path = join(folder, `${i}.warc.wet.gz`);
    writeFileSync(path, writeTextDump(pages.slice(i * size, (i + 1) * size + 1)));
    return path;
  });
}

/** Runs the command to its end, or kills it after some time; tells whether it was killed. */
async function run(name: string, killAfterMs?: number): Promise<boolean> {
  const command = ["dist/cli/crisscross.js", ...argv(join(folder, name)), "--quiet"];
  const child = spawn(process.execPath, command, { stdio: "inherit" });
  const exit = once(child, "exit");
  if (killAfterMs !== undefined) {
    await Promise.race([exit, after(killAfterMs)]);
    child.kill("SIGKILL");
  }
  const [code, signal] = await exit;
  if (code !== 0 && signal === null) throw new Error(`crisscross ended with exit code ${code}`);
  return signal === "SIGKILL";
}

/**
 * Kills runs (SIGKILL) at random moments, runs the same command again, and compares every file with those of a run that
 * nobody killed.
 *
 *   node dist/test/bench/kill.js [--job mine|criss] [--kills 50] [--index exact|ivf|hnsw|usearch] [--seed 1]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { randomNumbers } from "../random.js";
import { hashRunFiles } from "../run-files.js";
import { describeMachine } from "./machine.js";
import { sharedPath } from "./shared.js";

const { values } = parseArgs({
  options: {
    job: { type: "string", default: "mine" },
    kills: { type: "string", default: "50" },
    index: { type: "string", default: "exact" },
    seed: { type: "string", default: "1" },
  },
});
const JOBS: Record<string, { what: string; argv: () => string[] }> = {
  mine: { what: `mining/de-en.dev, ngram, ${values.index}`, argv: mineArguments },
  criss: { what: "samples/town, ngram, three rounds of the loop", argv: crissArguments },
};
const { what, argv } = JOBS[values.job];
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const next = randomNumbers(Number(values.seed));

const start = performance.now();
await run("reference");
const wholeMs = performance.now() - start;
const expected = hashRunFiles(join(folder, "reference"));
console.log(`${describeMachine()} · ${what}: ${(wholeMs / 1000).toFixed(1)} s a run`);

let [hit, different] = [0, 0];
for (let kill = 1; kill <= Number(values.kills); kill++) {
  const moment = next() * wholeMs;
  if (await run("killed", moment)) hit++;
  await run("killed");
  const same = isDeepStrictEqual(hashRunFiles(join(folder, "killed")), expected);
  if (!same) different++;
  console.log(`kill ${kill} after ${(moment / 1000).toFixed(2)} s: ${same ? "same bytes" : "DIFFERENT"}`);
  rmSync(join(folder, "killed"), { recursive: true });
}
rmSync(folder, { recursive: true });
console.log(
  `${hit} of ${values.kills} runs were killed before they ended; ${different} differ after resuming`,
);
if (different > 0) process.exitCode = 1;

function mineArguments(): string[] {
  const stem = join(sharedPath("data/mining"), "de-en.dev");
  return ["mine", `${stem}.de`, `${stem}.en`, "--format", "bucc", "--index", values.index];
}

function crissArguments(): string[] {
  return ["criss", "samples/town.de", "samples/town.en", "--dimensions", "64", "--patience", "9"];
}

/** Runs the command to its end, or kills it after some time; tells whether it was killed. */
async function run(name: string, killAfterMs?: number): Promise<boolean> {
  const command = ["dist/cli/crisscross.js", ...argv(), "--encoder", "ngram", "--quiet"];
  const child = spawn(process.execPath, [...command, "--run", join(folder, name)], { stdio: "inherit" });
  const exit = once(child, "exit");
  if (killAfterMs !== undefined) {
    await Promise.race([exit, after(killAfterMs)]);
    child.kill("SIGKILL");
  }
  const [code, signal] = await exit;
  if (code !== 0 && signal === null) throw new Error(`crisscross ended with exit code ${code}`);
  return signal === "SIGKILL";
}

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomNumbers } from "../../random.js";
import { compareStates, stateOf } from "./folder-state.js";
import { JOBS, type Job, writeInputs } from "./jobs.js";
import type { Extent } from "./read-mutants.js";
import { type Disturbance, type Ended, runCommand } from "./run-command.js";
import type { Tally } from "./tally.js";
import { type Judgement, judgeRun } from "./verdict.js";

/** A job as it is when nothing disturbs it. */
interface Undisturbed {
  job: Job;
  /** Where its inputs lie. */
  folder: string;
  /** How long it took. */
  ms: number;
  /** What lies in its folder afterwards. */
  state: Map<string, string>;
  /** Bytes of its largest file. */
  largest: number;
}

/** Chooses what befalls a run. */
export type Choose = (run: Undisturbed, number: number, next: () => number) => Disturbance;

const SIGNALS = ["SIGKILL", "SIGTERM", "SIGHUP"] as const;

/** A signal at a moment of the time that the first run took. */
export const kill: Choose = ({ ms }, number, next) => ({
  signal: SIGNALS[number % SIGNALS.length],
  afterMs: next() * ms,
});

/** A limit that its largest file, or others as well, cannot keep to. */
export const fillDisk: Choose = ({ largest }, _, next) => ({
  fileKiB: Math.floor(next() ** 2 * (largest / 1024)),
});

/**
 * Disturbs runs of every job, each at some moments, and runs the same command again without a disturbance: everything
 * must be as if nothing had happened.
 */
export async function disturbJobs(
  { count, seed, only }: Extent,
  choose: Choose,
  tally: Tally,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "crisscross-faults-"));
  try {
    for (const [index, job] of JOBS.entries()) {
      if (!only.test(job.name)) continue;
      const run = await runUndisturbed(job, join(root, `${index}`), seed);
      const next = randomNumbers(seed * 1009 + index);
      let disturbed = 0;
      for (let number = 0; number < count; number++) {
        const disturbance = choose(run, number, next);
        const { judgement, isHit } = await disturb(run, disturbance);
        if (isHit) disturbed++;
        tally.add(job.name, JSON.stringify(disturbance), judgement);
      }
      console.error(`${job.name}: ${(run.ms / 1000).toFixed(1)} s a run, ${disturbed} of ${count} disturbed`);
      rmSync(run.folder, { recursive: true });
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function runUndisturbed(job: Job, folder: string, seed: number): Promise<Undisturbed> {
  writeInputs(join(folder, "in"), seed);
  clean(folder);
  for (const argv of job.before ?? []) await mustRun(job, folder, argv);
  const start = performance.now();
  for (const argv of job.commands) await mustRun(job, folder, argv);
  const ms = performance.now() - start;
  const state = stateOf(folder);
  for (const name of state.keys()) if (name.startsWith("tmp/")) state.delete(name);
  const largest = Math.max(
    ...[...state.keys()].map((name) => (name.startsWith("in/") ? 0 : sizeOf(folder, name))),
  );
  return { job, folder, ms, state, largest };
}

/** Leaves the inputs alone. */
function clean(folder: string): void {
  for (const name of ["out", "tmp"]) {
    rmSync(join(folder, name), { recursive: true, force: true });
    mkdirSync(join(folder, name));
  }
}

const sizeOf = (folder: string, name: string) => statSync(join(folder, name)).size;

async function mustRun(job: Job, folder: string, argv: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand(folder, argv);
  if (code !== 0) throw new Error(`${job.name} fails even undisturbed: ${stderr}`);
}

async function disturb(
  { job, folder, state }: Undisturbed,
  disturbance: Disturbance,
): Promise<{ judgement: Judgement; isHit: boolean }> {
  clean(folder);
  const first = await runAll(job, folder, disturbance);
  const judgement = judgeFirst(first, folder) ?? (await judgeAgain(job, folder, state));
  return { isHit: first.code !== 0, judgement };
}

/** Runs a job's commands to their end, or to the first that fails; a signal comes to whichever runs then. */
async function runAll(job: Job, folder: string, { afterMs, ...disturbance }: Disturbance): Promise<Ended> {
  const start = performance.now();
  let ended: Ended = { code: 0, signal: null, stderr: "", hung: false };
  for (const argv of job.commands) {
    const rest = afterMs === undefined ? undefined : Math.max(0, start + afterMs - performance.now());
    ended = await runCommand(folder, argv, { ...disturbance, afterMs: rest });
    if (ended.code !== 0) break;
  }
  return ended;
}

/** What must not be of the disturbed run itself. */
function judgeFirst({ code, signal, stderr, hung }: Ended, folder: string): Judgement | undefined {
  if (hung) return { verdict: "hang", detail: stderr };
  // Before its first line runs, and after its last, a process dies of any signal.
  if (signal !== null) return undefined;
  const judged = judgeRun(code, stderr);
  if (judged.verdict !== "fine" && judged.verdict !== "refused") return judged;
  const left = readdirSync(join(folder, "tmp"));
  return left.length === 0 ? undefined : { verdict: "litter", detail: `temporary: ${left.join(", ")}` };
}

async function judgeAgain(job: Job, folder: string, expected: Map<string, string>): Promise<Judgement> {
  const again = await runAll(job, folder, {});
  if (again.hung) return { verdict: "hang", detail: `again: ${again.stderr}` };
  const judged = judgeRun(again.code, again.stderr);
  const { different, litter } = compareStates(expected, stateOf(folder));
  const isWhole = different.length === 0 && litter.length === 0;
  // What was done to its end before the signal came, some jobs do not do again.
  if (judged.verdict === "refused" && isWhole) return { ...judged, verdict: "fine" };
  if (judged.verdict !== "fine")
    return { verdict: "trace", detail: `the same command again: ${again.stderr}` };
  if (different.length > 0) return { verdict: "silent", detail: `other bytes: ${different.join(", ")}` };
  if (litter.length > 0) return { verdict: "litter", detail: litter.join(", ") };
  return judged;
}

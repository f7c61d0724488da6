import { setTimeout as after } from "node:timers/promises";
import { type JobProcess, killIfThere } from "./job-processes.js";
import type { Slurm } from "./slurm.js";

/** What befalls a job that is seen to run a command. */
export interface Disturbance {
  how: "scancel" | "kill -9" | "node restart";
  command: string;
}

const LOOK_MS = 20;
/** Slurm takes a job of the last twenty seconds for one that is about to start. */
const NODE_DOWN_MS = 25_000;

/**
 * Waits for a job of each command in turn, no job twice, and disturbs it, until the signal says that no more jobs come.
 *
 * @returns what was done
 */
export async function disturbJobs(
  slurm: Slurm,
  disturbances: readonly Disturbance[],
  signal: AbortSignal,
): Promise<Disturbance[]> {
  const hit = new Set<string>();
  const done: Disturbance[] = [];
  for (const disturbance of disturbances) {
    const found = await waitForJob(slurm, disturbance.command, hit, signal);
    if (!found) break;
    hit.add(found.job);
    await befall[disturbance.how](slurm, found);
    done.push(disturbance);
  }
  return done;
}

async function waitForJob(
  slurm: Slurm,
  command: string,
  hit: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<JobProcess | undefined> {
  while (!signal.aborted) {
    const found = slurm.jobProcesses().find(({ job, argv }) => runs(argv, command) && !hit.has(job));
    if (found) return found;
    await after(LOOK_MS);
  }
  return undefined;
}

/** Whether it is `node …/crisscross.js COMMAND …`. */
const runs = ([, script, command]: readonly string[], wanted: string) =>
  script?.endsWith("/crisscross.js") === true && command === wanted;

const befall: Record<Disturbance["how"], (slurm: Slurm, process: JobProcess) => Promise<void>> = {
  scancel: async (slurm, { job }) => {
    slurm.run("scancel", job);
  },
  "kill -9": async (_, { pid }) => {
    killIfThere(pid);
  },
  "node restart": async (slurm) => {
    await slurm.stopNode();
    await after(NODE_DOWN_MS);
    await slurm.startNode();
  },
};

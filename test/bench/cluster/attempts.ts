import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { flipBit } from "../../flip-bit.js";
import { type Disturbance, disturbJobs } from "./disturb.js";
import type { Slurm } from "./slurm.js";
import { type Bitexts, runScripts, type Work, Workflow } from "./ways.js";

/** What comes of a way through the work. */
export interface Attempt {
  bitexts: Bitexts;
  disturbed: string[];
  said: string[];
}

/** Where the work is done, and by what. */
export interface Place {
  folder: string;
  slurm: Slurm;
  snakemake: string;
}

const DISTURBANCES: readonly Disturbance[] = [
  { how: "scancel", command: "extract" },
  { how: "kill -9", command: "embed" },
  { how: "scancel", command: "search" },
  { how: "node restart", command: "search" },
  { how: "kill -9", command: "search" },
  { how: "kill -9", command: "merge" },
  { how: "scancel", command: "select" },
];

/** All ways through the work, by name. */
export const ATTEMPTS: Record<string, (work: Work, place: Place) => Promise<Attempt>> = {
  Snakemake: async (work, place) => {
    const workflow = openWorkflow(work, place, "undisturbed");
    await finish(workflow);
    return { bitexts: workflow.bitexts(), disturbed: [], said: [] };
  },

  "Snakemake again, bits flipped": async (work, place) => {
    const workflow = openWorkflow(work, place, "undisturbed");
    await finish(workflow);
    const [pair] = work.pairs;
    const [language] = pair.split("-");
    // All that came of what is flipped, so that it is read again.
    const after = ["rows", "runs", "pairs", "bitext"];
    const said = [
      await flip(workflow, { made: `vectors/${language}/2.npy`, after: [`tiles/${pair}`, ...after] }),
      await flip(workflow, { made: `tiles/${pair}/2-1`, file: "forward.exact.npy", after }),
    ];
    return {
      bitexts: workflow.bitexts(),
      disturbed: ["a bit of a part of vectors", "a bit of a tile"],
      said,
    };
  },

  "Snakemake, jobs ended": async (work, place) => {
    const workflow = openWorkflow(work, place, "disturbed");
    const end = new AbortController();
    const disturbing = disturbJobs(place.slurm, DISTURBANCES, end.signal);
    await finish(workflow).finally(() => end.abort());
    const done = await disturbing;
    if (done.length < DISTURBANCES.length)
      throw new Error(`Only ${done.length} of ${DISTURBANCES.length} jobs were disturbed.`);
    return {
      bitexts: workflow.bitexts(),
      disturbed: done.map(({ how, command }) => `${how} (${command})`),
      said: [],
    };
  },

  "sbatch scripts": async (work, { folder, slurm }) => ({
    bitexts: await runScripts(work, join(folder, "scripts"), slurm),
    disturbed: [],
    said: [],
  }),
};

function openWorkflow(work: Work, { folder, slurm, snakemake }: Place, name: string): Workflow {
  return new Workflow(work, join(folder, name), slurm, snakemake);
}

async function finish(workflow: Workflow): Promise<void> {
  const { code, output } = await workflow.run();
  if (code !== 0) throw new Error(`The workflow ended with ${code}:\n${output.slice(-3000)}`);
}

/** A file or folder that a rule made, the file in it, and what came of it. */
interface Made {
  made: string;
  file?: string;
  after: readonly string[];
}

/**
 * Flips a bit of what the workflow made, lets it read that again, and removes what it then names, to be made again.
 *
 * @returns the sentence that names it
 */
async function flip(workflow: Workflow, { made, file = "", after }: Made): Promise<string> {
  for (const name of after) rmSync(workflow.path(name), { recursive: true });
  const path = join(workflow.path(made), file);
  // Amid its numbers, behind the header.
  flipBit(path, statSync(path).size * 4);
  const { code, output } = await workflow.run("--retries", "0");
  const name = join(made, file);
  const sentence = output.split("\n").find((line) => line.startsWith("crisscross: ") && line.includes(name));
  if (code === 0 || sentence === undefined)
    throw new Error(`Nothing names ${name} (${code}):\n${output.slice(-3000)}`);
  rmSync(workflow.path(made), { recursive: true });
  await finish(workflow);
  return sentence;
}

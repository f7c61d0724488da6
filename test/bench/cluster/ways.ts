import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Ended, mustRun, runProgram } from "./run-program.js";
import type { Slurm } from "./slurm.js";

const CRISSCROSS = [process.execPath, resolve("dist/cli/crisscross.js")];
const FOLDER = resolve("pipelines/cluster");
const SEARCH = "--index exact --search-type int8";
const COLUMNS = "url";
const SELECT = "--threshold 1.1";

/** What is mined, the same in every way. */
export interface Work {
  dumps: readonly string[];
  /** Such as `de-en`. */
  pairs: readonly string[];
  /** Shards of source and target. */
  grid: readonly [number, number];
}

/** A pair's bitext by its name. */
export type Bitexts = Record<string, Buffer>;

const languagesOf = ({ pairs }: Work) => [...new Set(pairs.flatMap((pair) => pair.split("-")))].sort();

/** One machine's `extract`, `mine` and `filter`. */
export async function mineOnOneMachine(work: Work, folder: string): Promise<Bitexts> {
  const { dumps, pairs } = work;
  const crisscross = (...argv: string[]) => mustRun(CRISSCROSS[0], [CRISSCROSS[1], ...argv]);
  const texts = join(folder, "sentences");
  await crisscross("extract", ...dumps, "--languages", languagesOf(work).join(","), "-o", texts);
  const bitexts: Bitexts = {};
  for (const pair of pairs) {
    const sides = pair.split("-").map((language) => join(texts, `${language}.jsonl.zst`));
    const [mined, filtered] = [join(folder, `${pair}.mined.tsv.gz`), join(folder, `${pair}.tsv.gz`)];
    await crisscross(
      "mine",
      ...sides,
      ...SEARCH.split(" "),
      ...SELECT.split(" "),
      "--columns",
      COLUMNS,
      "-o",
      mined,
    );
    await crisscross("filter", mined, "--languages", pair.replace("-", ","), "-o", filtered);
    bitexts[pair] = readFileSync(filtered);
  }
  return bitexts;
}

/** The workflow by Snakemake, in a folder that keeps what is done. */
export class Workflow {
  constructor(
    private readonly work: Work,
    private readonly folder: string,
    private readonly slurm: Slurm,
    private readonly snakemake: string,
  ) {
    mkdirSync(folder, { recursive: true });
    const { dumps, pairs, grid } = work;
    const [source_shards, target_shards] = grid;
    const sizes = { parts: 2, source_shards, target_shards, threads: 1, memory_mb: 1000, minutes: 10 };
    const options = { search: SEARCH, columns: COLUMNS, select: SELECT, filter: "" };
    const config = { dumps, pairs, command: CRISSCROSS.join(" "), ...sizes, ...options };
    // JSON is YAML, too.
    writeFileSync(join(folder, "config.yaml"), JSON.stringify(config));
  }

  async run(...argv: readonly string[]): Promise<Ended> {
    const of = ["-s", join(FOLDER, "Snakefile"), "--configfile", "config.yaml"];
    const profile = ["--profile", join(FOLDER, "slurm"), "--latency-wait", "10"];
    // Without accounting, squeue alone tells how jobs ended.
    const status = ["--slurm-status-command", "squeue", "--slurm-init-seconds-before-status-checks", "2"];
    return await runProgram(this.snakemake, [...of, ...profile, ...status, ...argv], {
      cwd: this.folder,
      env: this.slurm.env,
    });
  }

  path(name: string): string {
    return join(this.folder, "work", name);
  }

  bitexts(): Bitexts {
    return readBitexts(this.work, (pair) => this.path(`bitext/${pair}.tsv.gz`));
  }
}

/** The two scripts for sbatch, a pair after the other. */
export async function runScripts(work: Work, folder: string, slurm: Slurm): Promise<Bitexts> {
  mkdirSync(folder);
  // Which languages are kept can decide of a paragraph in several.
  const EXTRACT = `--languages ${languagesOf(work).join(",")}`;
  const options = { CRISSCROSS: CRISSCROSS.join(" "), EXTRACT, SEARCH, FIELDS: COLUMNS, SELECT, FILTER: "" };
  const [around, tiles] = [join(FOLDER, "around-tiles.sbatch"), join(FOLDER, "tiles.sbatch")];
  const [rows, columns] = work.grid;
  const submit = async (...argv: string[]) => {
    const common = ["--parsable", "--cpus-per-task=1", "--mem=1000", ...argv];
    return (await mustRun("sbatch", common, { cwd: folder, env: { ...slurm.env, ...options } })).trim();
  };
  for (const pair of work.pairs) {
    const sides = [pair, ...pair.split("-")];
    const before = await submit(around, "before", ...sides, ...work.dumps);
    const array = [`-d`, `afterok:${before}`, `--array=1-${rows * columns}`];
    const searched = await submit(...array, tiles, ...sides, `${rows}x${columns}`);
    await submit("--wait", "-d", `afterok:${searched}`, around, "after", ...sides);
  }
  return readBitexts(work, (pair) => join(folder, pair, "bitext.tsv.gz"));
}

function readBitexts({ pairs }: Work, path: (pair: string) => string): Bitexts {
  return Object.fromEntries(pairs.map((pair) => [pair, readFileSync(path(pair))]));
}

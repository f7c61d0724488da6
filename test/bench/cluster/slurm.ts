import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { configuration } from "./configuration.js";
import { findJobProcesses, findWatchers, type JobProcess, killIfThere } from "./job-processes.js";

const TRIES = 60;

/** A Slurm of one node on loopback with all its files in one folder; its daemons end when it is disposed of. */
export class Slurm implements AsyncDisposable {
  /** What its commands find it by. */
  readonly env: NodeJS.ProcessEnv;
  private readonly daemons = new Map<string, ChildProcess>();

  static async start(folder: string): Promise<Slurm> {
    const slurm = new Slurm(folder);
    try {
      slurm.daemon("munged", "--foreground", ...slurm.mungeFiles());
      await until(() => existsSync(join(folder, "munge.socket")), "munge has no socket", folder);
      slurm.daemon("slurmctld", "-D", "-f", slurm.conf);
      await slurm.startNode();
      return slurm;
    } catch (error) {
      await slurm[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(private readonly folder: string) {
    for (const name of ["state", "spool", "bin"]) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, "key"), randomBytes(128), { mode: 0o600 });
    writeFileSync(this.conf, configuration(folder));
    // Snakemake's executor lets go every SLURM_ variable before it calls srun.
    const srun = execFileSync("which", ["srun"], { encoding: "utf8" }).trim();
    const script = `#!/bin/sh\nSLURM_CONF=${this.conf} exec ${srun} "$@"\n`;
    writeFileSync(join(folder, "bin/srun"), script, { mode: 0o755 });
    const path = `${join(folder, "bin")}:${process.env.PATH}`;
    this.env = { ...process.env, SLURM_CONF: this.conf, PATH: path };
  }

  /** Starts the node's daemon, and waits until it takes jobs. */
  async startNode(): Promise<void> {
    this.daemon("slurmd", "-D", "-f", this.conf);
    await until(() => this.isUp(), "no node came up", this.folder);
  }

  /** Ends it with all that runs there, as a machine does that is switched off. */
  async stopNode(): Promise<void> {
    await this.end("slurmd");
    // Those that watch come first: they must not tell that their jobs ended.
    const pids = [...findWatchers(this.folder), ...this.jobProcesses().map(({ pid }) => pid)];
    for (const pid of pids) killIfThere(pid);
  }

  jobProcesses(): JobProcess[] {
    return findJobProcesses(join(this.folder, "bin"));
  }

  /** How often a job, or a task of an array, began. */
  countStarts(): number {
    const log = readFileSync(join(this.folder, "slurmctld.log"), "utf8");
    return log.match(/ sched\S*: (Allocate|_start_job: Started) JobId=/g)?.length ?? 0;
  }

  run(command: string, ...argv: readonly string[]): string {
    return execFileSync(command, argv, {
      env: this.env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of [...this.daemons.keys()].reverse()) await this.end(name);
  }

  private get conf(): string {
    return join(this.folder, "slurm.conf");
  }

  private mungeFiles(): string[] {
    const at = (name: string) => join(this.folder, name);
    const files = ["log", "pid", "seed"].map((name) => `--${name}-file=${at(`munge.${name}`)}`);
    return [...files, `--key-file=${at("key")}`, `--socket=${at("munge.socket")}`];
  }

  /** A node that was restarted may be completing jobs of before. */
  private isUp(): boolean {
    try {
      return /^(idle|planned|mixed|allocated|completing)/.test(
        this.run("sinfo", "--noheader", "--format=%T"),
      );
    } catch {
      return false;
    }
  }

  private daemon(name: string, ...argv: readonly string[]): void {
    const log = openSync(join(this.folder, `${name}.out`), "a");
    const child = spawn(name, argv, { cwd: this.folder, env: this.env, stdio: ["ignore", log, log] });
    this.daemons.set(name, child);
    process.once("exit", () => child.kill());
  }

  private async end(name: string): Promise<void> {
    const child = this.daemons.get(name)!;
    this.daemons.delete(name);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
}

async function until(isSo: () => boolean, problem: string, folder: string): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === TRIES) throw new Error(`${problem}; see the logs in ${folder}, which --keep leaves there.`);
    await after(500);
  }
}

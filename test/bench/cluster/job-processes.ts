import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process of a job of Slurm. */
export interface JobProcess {
  pid: number;
  /** The job's number. */
  job: string;
  argv: string[];
}

/**
 * All processes of the jobs of a Slurm.
 *
 * @param programs the folder with its programs, by which the path of its jobs begins
 */
export function findJobProcesses(programs: string): JobProcess[] {
  return processes().flatMap((pid) => {
    const environment = readList(pid, "environ");
    if (!environment.some((line) => line.startsWith(`PATH=${programs}:`))) return [];
    const job = environment.find((line) => line.startsWith("SLURM_JOB_ID="))?.split("=")[1];
    return job === undefined ? [] : [{ pid, job, argv: readList(pid, "cmdline") }];
  });
}

/** The processes that watch over jobs for a node's daemon whose files are in a folder. */
export function findWatchers(folder: string): number[] {
  return processes().filter(
    (pid) => readLink(pid, "cwd") === folder && /^slurmstepd/.test(readLink(pid, "exe").split("/").at(-1)!),
  );
}

/** Ends a process at once. @returns whether it was there */
export function killIfThere(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

function processes(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

/** What the kernel tells of a process; nothing if it has ended. */
function readList(pid: number, what: "cmdline" | "environ"): string[] {
  try {
    return readFileSync(`/proc/${pid}/${what}`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function readLink(pid: number, what: "cwd" | "exe"): string {
  try {
    return readlinkSync(`/proc/${pid}/${what}`);
  } catch {
    return "";
  }
}

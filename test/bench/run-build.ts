import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** What a command of a build took. */
export interface BuildRun {
  seconds: number;
  /** Processor time in seconds, of all its threads. */
  cpu: number;
  /** The most that was resident at once. */
  mebibytes: number;
  /** What it said on standard error. */
  told: string;
}

/** Tells on a pipe of its own what the process has used, when it ends; threads read this, too. */
const TELL = `import { writeSync } from "node:fs"; import { isMainThread } from "node:worker_threads";
const tell = () => writeSync(3, JSON.stringify({ ...process.cpuUsage(), ...process.resourceUsage() }));
if (isMainThread) process.on("exit", tell);`;

/**
 * Runs a command line of a build, the path of its `dist`; what it writes to standard output is left out.
 *
 * @param limit seconds after which it is ended
 * @returns nothing if it was ended
 * @throws Error if it fails
 */
export async function runBuild(
  build: string,
  argv: readonly string[],
  { limit }: { limit?: number } = {},
): Promise<BuildRun | undefined> {
  const program = [
    "--import",
    `data:text/javascript,${encodeURIComponent(TELL)}`,
    join(build, "cli/crisscross.js"),
  ];
  const start = performance.now();
  const child = spawn(process.execPath, [...program, ...argv], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    timeout: limit === undefined ? undefined : Math.ceil(1000 * limit),
    killSignal: "SIGKILL",
  });
  const [told, used, [code, signal]] = await Promise.all([
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, "exit"),
  ]);
  if (signal === "SIGKILL" && limit !== undefined) return undefined;
  if (code !== 0) throw new Error(`${build}: ${argv.join(" ")} ended with exit code ${code}: ${told}`);
  const { user, system, maxRSS } = JSON.parse(used) as NodeJS.CpuUsage & NodeJS.ResourceUsage;
  return {
    seconds: (performance.now() - start) / 1000,
    cpu: (user + system) / 1e6,
    mebibytes: maxRSS / 1024,
    told,
  };
}

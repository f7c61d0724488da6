import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as after } from "node:timers/promises";

const CRISSCROSS = resolve("dist/cli/crisscross.js");
/** A command that takes longer than this hangs: the slowest one takes some seconds. */
const HANG_MS = 60_000;

/** What befalls a run. */
export interface Disturbance {
  /** It gets this signal. */
  signal?: NodeJS.Signals;
  /** So long after its start. */
  afterMs?: number;
  /** No file may become larger than this, as on a disk that is full. */
  fileKiB?: number;
}

/** How a command ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
  hung: boolean;
}

/** Runs a command line in a folder, whose `tmp` holds its temporary files. */
export async function runCommand(
  folder: string,
  argv: readonly string[],
  { signal, afterMs = 0, fileKiB }: Disturbance = {},
): Promise<Ended> {
  const limit = fileKiB === undefined ? "" : `ulimit -f ${fileKiB}; `;
  const command = [process.execPath, CRISSCROSS, ...argv];
  const env = { ...process.env, TMPDIR: resolve(folder, "tmp") };
  const child = spawn("bash", ["-c", `${limit}exec "$@"`, "bash", ...command], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  let hung = false;
  const end = once(child, "close");
  if (signal) {
    await Promise.race([end, after(afterMs)]);
    child.kill(signal);
  }
  const watchdog = setTimeout(() => {
    hung = true;
    child.kill("SIGKILL");
  }, HANG_MS);
  const [code, by] = await end;
  clearTimeout(watchdog);
  return { code, signal: by, stderr, hung };
}

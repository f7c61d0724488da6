import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface Measured {
  code: number;
  seconds: number;
  /** The most that was resident at once. */
  peakMib: number;
}

/** Runs the command line as a user runs it, its output left out. Linux alone tells the peak. */
export async function runMeasured(argv: readonly string[]): Promise<Measured> {
  const start = performance.now();
  const child = spawn(process.execPath, ["dist/cli/crisscross.js", ...argv], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  let peakKib = 0;
  const watch = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    peakKib = Math.max(peakKib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  const [code] = await once(child, "exit");
  clearInterval(watch);
  return { code, seconds: (performance.now() - start) / 1000, peakMib: peakKib / 2 ** 10 };
}

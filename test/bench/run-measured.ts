import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** A second's, on every Linux that there is. */
const TICKS = 100;

export interface Measured {
  code: number;
  seconds: number;
  /** The most that was resident at once. */
  peakMib: number;
  /** User and system time, but for what came in its last tenth of a second. */
  cpuSeconds: number;
}

/**
 * Runs the command line as a user runs it, its output left out. Linux alone tells the peak.
 *
 * @param heap a file that takes what `watch-heap.ts` notes
 */
export async function runMeasured(
  argv: readonly string[],
  { heap }: { heap?: string } = {},
): Promise<Measured> {
  const start = performance.now();
  const watched = heap === undefined ? [] : ["--import", new URL("watch-heap.js", import.meta.url).href];
  const child = spawn(process.execPath, [...watched, "dist/cli/crisscross.js", ...argv], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...(heap !== undefined && { WATCH_HEAP: heap }) },
  });
  let [peakKib, ticks] = [0, 0];
  const watch = setInterval(() => {
    const stat = readFileSync(`/proc/${child.pid}/stat`, "latin1");
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    ticks = Math.max(ticks, Number(user) + Number(system));
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    peakKib = Math.max(peakKib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  const [code] = await once(child, "exit");
  clearInterval(watch);
  return {
    code,
    seconds: (performance.now() - start) / 1000,
    peakMib: peakKib / 2 ** 10,
    cpuSeconds: ticks / TICKS,
  };
}

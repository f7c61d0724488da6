import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import { STALE_MS } from "./heartbeat.js";
import { isRunning, type RunningProcess, thisProcess } from "./running-process.js";

/** What the name of a temporary file or folder tells of the process that it belongs to. */
export const MARK = "[0-9a-f]{8}-[0-9a-z]+-[0-9a-z]+";

/** This process's mark: its table of processes, its number there and its start. */
export function ownMark(): string {
  const { pid, start = 0 } = thisProcess();
  return [tableOf(thisProcess()), pid.toString(36), Number(start).toString(36)].join("-");
}

/**
 * Whether what a process marked was left behind: the process is gone, or it is of another machine or container and has
 * not touched it for ten minutes.
 *
 * @param now by the clock of the disk that it lies on
 */
export async function isLeft(path: string, mark: string, now: number): Promise<boolean> {
  const [table, pid, start] = mark.split("-");
  if (table === tableOf(thisProcess())) {
    const ticks = Number.parseInt(start, 36);
    return !isRunning({ pid: Number.parseInt(pid, 36), start: ticks === 0 ? undefined : String(ticks) });
  }
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && now - found.mtimeMs > STALE_MS;
}

function tableOf({ host, boot, namespace }: RunningProcess): string {
  const hash = createHash("sha256").update(JSON.stringify([host, boot, namespace]));
  return hash.digest("hex").slice(0, 8);
}

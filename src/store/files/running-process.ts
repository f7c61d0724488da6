import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { kill, pid } from "node:process";

/** A process, and whose table of processes its number is of; what Linux alone tells is absent elsewhere. */
export interface RunningProcess {
  host: string;
  /** Another one after each start of the machine. */
  boot?: string;
  /** Containers with one host name may each have a process of the same number. */
  namespace?: string;
  pid: number;
  /** When it began, in ticks since the machine did: numbers are given again. */
  start?: string;
}

let own: RunningProcess | undefined;

export function thisProcess(): RunningProcess {
  own ??= {
    host: hostname(),
    boot: ifReadable(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    namespace: ifReadable(() => readlinkSync("/proc/self/ns/pid")),
    pid,
    // In a new namespace `/proc` may still be that of the old one, where others have these numbers.
    start: ifReadable(() => readlinkSync("/proc/self")) === String(pid) ? statusOf(pid)?.start : undefined,
  };
  return own;
}

/** Whether this process sees the other one's table, so that the table can tell whether it runs. */
export function isOfOurTable({ host, boot, namespace }: Omit<RunningProcess, "pid">): boolean {
  const ours = thisProcess();
  return host === ours.host && boot === ours.boot && namespace === ours.namespace;
}

/** Whether a process of our own table runs, and is no later one of its number. */
export function isRunning({ pid, start }: Pick<RunningProcess, "pid" | "start">): boolean {
  if (!isKnown(pid)) return false;
  const found = thisProcess().start === undefined ? undefined : statusOf(pid);
  if (found === undefined) return true;
  return !found.ended && (start === undefined || found.start === start);
}

function isKnown(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Fields 3 and 22 of `/proc/PID/stat`; the name before them may hold anything. */
function statusOf(pid: number): { ended: boolean; start: string } | undefined {
  const text = ifReadable(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // A zombie has ended, though its parent does not know yet.
  return { ended: fields[0] === "Z" || fields[0] === "X", start: fields[19] };
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { env, kill } from "node:process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export interface ProgramOptions {
  /** Variables set in the program's environment, beside those of this process. */
  variables: Readonly<Record<string, string>>;
  /** Called with each line that the program prints; the next line waits for it. */
  onLine: (line: string) => Promise<void>;
  signal?: AbortSignal;
}

/** How a program ended: its exit code, or the signal that killed it. */
export interface ProgramEnd {
  code: number | null;
  killedBy: NodeJS.Signals | null;
}

/**
 * A script that becomes the program, in a process group of its own, with a guard beside it that kills the group when
 * descriptor 3 closes. It closes however this process ends, so no program is left working on files that the next run
 * removes.
 */
const GUARDED = '(trap "" TERM; read -r _ <&3; kill -s KILL -- "-$$") >/dev/null 2>&1 & exec "$@" 3<&-';

/** How long a program may take to end after it was asked to. */
const GRACE_MS = 10_000;

/**
 * Runs a program to its end, with whatever it started. Its words are passed on as they are: no shell reads them.
 *
 * @throws the signal's reason when it aborts, after the program has ended
 */
export async function runProgram(
  words: readonly string[],
  { variables, onLine, signal }: ProgramOptions,
): Promise<ProgramEnd> {
  signal?.throwIfAborted();
  const child = spawn("sh", ["-c", GUARDED, "sh", ...words], {
    detached: true,
    env: { ...env, ...variables },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const release = () => child.stdio[3]?.destroy();
  // Processes that the program has started may hold its output open.
  child.once("exit", release);
  const stop = stopping(child.pid);
  signal?.addEventListener("abort", stop.now, { once: true });
  try {
    const [[code, killedBy]] = await Promise.all([
      once(child, "close") as Promise<[ProgramEnd["code"], ProgramEnd["killedBy"]]>,
      readLines(child.stdout!, onLine),
      readLines(child.stderr!, onLine),
    ]);
    signal?.throwIfAborted();
    return { code, killedBy };
  } finally {
    signal?.removeEventListener("abort", stop.now);
    stop.done();
    release();
  }
}

/** Asks a process group to end, and kills it after a while. */
function stopping(group: number | undefined) {
  let later: NodeJS.Timeout | undefined;
  return {
    now: () => {
      signalGroup(group, "SIGTERM");
      later = setTimeout(() => signalGroup(group, "SIGKILL"), GRACE_MS);
    },
    done: () => clearTimeout(later),
  };
}

function signalGroup(group: number | undefined, name: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    kill(-group, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A carriage return ends a line, too: progress bars write over themselves. */
async function readLines(stream: Readable, onLine: ProgramOptions["onLine"]): Promise<void> {
  for await (const line of createInterface({ input: stream })) await onLine(line);
}

import type { Readable, Writable } from "node:stream";

/** What a command may touch of the world outside of files. */
export interface Context {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean; columns?: number };
  /** Aborts when the user interrupts. */
  signal: AbortSignal;
}

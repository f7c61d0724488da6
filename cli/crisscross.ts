#!/usr/bin/env node
import { openStdin } from "./open-stdin.js";
import { EXIT, run } from "./run.js";

/** As a shell tells that a signal ended a program: 128 and the signal's number. */
const EXIT_OF = { SIGHUP: 129, SIGINT: EXIT.interrupted, SIGTERM: 143 } as const;

/** How long what was called off may take to end, after all is cleaned up. */
const GRACE_MILLISECONDS = 500;

const interruption = new AbortController();
let caught: keyof typeof EXIT_OF = "SIGINT";
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    if (!interruption.signal.aborted) caught = signal;
    interruption.abort();
  });
}

const { stdout, stderr } = process;
// Whoever reads the messages may stop reading them.
stderr.on("error", () => {});
const code = await run(process.argv.slice(2), {
  stdin: openStdin(),
  stdout,
  stderr,
  signal: interruption.signal,
});
if (code === EXIT.interrupted) {
  process.exitCode = EXIT_OF[caught];
  // A thread that waits for a named pipe cannot be called off, and even process.exit waits for it.
  setTimeout(() => process.kill(process.pid, caught), GRACE_MILLISECONDS).unref();
} else process.exitCode = code;

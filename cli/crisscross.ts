#!/usr/bin/env node
import { EXIT, run } from "./run.js";

/** As a shell tells that a signal ended a program: 128 and the signal's number. */
const EXIT_OF = { SIGHUP: 129, SIGINT: EXIT.interrupted, SIGTERM: 143 } as const;

const interruption = new AbortController();
let interrupted: number = EXIT.interrupted;
for (const [signal, code] of Object.entries(EXIT_OF)) {
  process.once(signal, () => {
    if (!interruption.signal.aborted) interrupted = code;
    interruption.abort();
  });
}

const { stdin, stdout, stderr } = process;
// Whoever reads the messages may stop reading them.
stderr.on("error", () => {});
const code = await run(process.argv.slice(2), { stdin, stdout, stderr, signal: interruption.signal });
process.exitCode = code === EXIT.interrupted ? interrupted : code;

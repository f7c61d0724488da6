#!/usr/bin/env node
import { run } from "./run.js";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interruption.abort());
}

const { stdin, stdout, stderr } = process;
// Whoever reads the messages may stop reading them.
stderr.on("error", () => {});
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, signal: interruption.signal });

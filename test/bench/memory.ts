/**
 * Peak memory of `crisscross mine` on 300,000 × 300,000 distinct lines of parallel/ with ngram at 256 dimensions, run
 * as a user runs it. Takes about ten minutes on two cores.
 *
 *   node dist/test/bench/memory.js [--lines 300000]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { writeDistinctParallel } from "./parallel.js";
import { runMeasured } from "./run-measured.js";

const DIMENSIONS = 256;
const { values } = parseArgs({ options: { lines: { type: "string", default: "300000" } } });
const lines = Number(values.lines);

const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const { source, target } = await writeDistinctParallel(lines, folder);
const encoder = ["--encoder", "ngram", "--dimensions", String(DIMENSIONS)];
const output = ["-o", join(folder, "pairs.tsv")];
const { code, peakMib } = await runMeasured(["mine", source, target, ...encoder, ...output]);
rmSync(folder, { recursive: true });

const vectorsMib = (2 * lines * DIMENSIONS * 4) / 2 ** 20;
console.log(`${describeMachine()} · ${lines} × ${lines} lines, ${DIMENSIONS} dimensions, exit code ${code}`);
console.log(
  `peak ${peakMib.toFixed(0)} MiB = the vectors' ${vectorsMib.toFixed(0)} MiB + ${(peakMib - vectorsMib).toFixed(0)} MiB`,
);

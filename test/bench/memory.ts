/**
 * Peak memory of `crisscross mine` on 300,000 × 300,000 distinct lines of parallel/ with ngram at 256 dimensions, run
 * as a user runs it. Takes about ten minutes on two cores.
 *
 *   node dist/test/bench/memory.js [--lines 300000]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { distinctParallel } from "./parallel.js";

const DIMENSIONS = 256;
const { values } = parseArgs({ options: { lines: { type: "string", default: "300000" } } });
const lines = Number(values.lines);

const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const [source, target] = [join(folder, "other.txt"), join(folder, "english.txt")];
const texts = await distinctParallel(lines);
writeFileSync(source, `${texts.other.join("\n")}\n`);
writeFileSync(target, `${texts.english.join("\n")}\n`);

const child = spawn(
  process.execPath,
  [
    "dist/cli/crisscross.js",
    "mine",
    "--encoder",
    "ngram",
    source,
    target,
    "--dimensions",
    String(DIMENSIONS),
    "-o",
    join(folder, "pairs.tsv"),
  ],
  { stdio: ["ignore", "ignore", "inherit"] },
);
let peakKib = 0;
const watch = setInterval(() => {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  peakKib = Math.max(peakKib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
}, 100);
const [code] = await once(child, "exit");
clearInterval(watch);
rmSync(folder, { recursive: true });

const vectorsMib = (2 * lines * DIMENSIONS * 4) / 2 ** 20;
const peakMib = peakKib / 2 ** 10;
console.log(`${describeMachine()} · ${lines} × ${lines} lines, ${DIMENSIONS} dimensions, exit code ${code}`);
console.log(
  `peak ${peakMib.toFixed(0)} MiB = the vectors' ${vectorsMib.toFixed(0)} MiB + ${(peakMib - vectorsMib).toFixed(0)} MiB`,
);

/**
 * Time and peak memory of `crisscross mine --index ivf` from vectors of distinct lines of parallel/ (the built-in
 * encoder's, 256 dimensions), without a budget and with one, in turn; and the peak of the same on 100 lines, which is what
 * the runtimes need for themselves. About ten minutes on two cores.
 *
 *   node dist/test/bench/memory-budget.js [--lines 500000] [--memory 1G] [--runs 3]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { writeDistinctParallel } from "./parallel.js";
import { type Measured, runMeasured } from "./run-measured.js";

const DIMENSIONS = 256;
const RUNTIME_LINES = 100;
const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "500000" },
    memory: { type: "string", default: "1G" },
    runs: { type: "string", default: "3" },
  },
});
const lines = Number(values.lines);

const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const [small, large] = [await embedLines(RUNTIME_LINES), await embedLines(lines)];
console.log(`${describeMachine()} · ${lines} lines a side, ${DIMENSIONS} dimensions`);
const runtime = await mine(small, []);
const free: Measured[] = [];
const bounded: Measured[] = [];
for (let run = 1; run <= Number(values.runs); run++) {
  free.push(await mine(large, []));
  bounded.push(await mine(large, ["--memory", values.memory]));
  console.log(`run ${run}: ${tell(free.at(-1)!)}; with --memory ${values.memory} ${tell(bounded.at(-1)!)}`);
}
rmSync(folder, { recursive: true });
const times = [free, bounded].map((runs) => median(runs.map(({ seconds }) => seconds)));
const peak = Math.max(...bounded.map(({ peakMib }) => peakMib));
console.log(
  `runtimes alone ${runtime.peakMib.toFixed(0)} MiB; with --memory ${values.memory} ${(peak - runtime.peakMib).toFixed(0)} MiB above them`,
);
console.log(`with the budget / without = ${(times[1] / times[0]).toFixed(2)}`);

async function embedLines(count: number): Promise<string[]> {
  const sides = await writeDistinctParallel(count, folder);
  const vectors: string[] = [];
  for (const text of [sides.source, sides.target]) {
    vectors.push(`${text}.npy`);
    await runMeasured(["embed", text, "--dimensions", String(DIMENSIONS), "-o", `${text}.npy`, "--quiet"]);
  }
  return vectors;
}

async function mine(vectors: string[], budget: string[]): Promise<Measured> {
  const measured = await runMeasured(["mine", ...vectors, "--index", "ivf", ...budget]);
  if (measured.code !== 0) throw new Error(`mine ended with exit code ${measured.code}.`);
  return measured;
}

function tell({ seconds, peakMib }: Measured): string {
  return `${seconds.toFixed(1)} s, peak ${peakMib.toFixed(0)} MiB`;
}

/**
 * Exact search in both directions beside FAISS IndexFlatIP searching both ways, in one run.
 *
 *   node dist/test/bench/search.js [--rows 100000] [--dimensions 384] [--runs 3] [--python python3]
 *
 * The Python needs faiss-cpu and numpy.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { searchExact } from "../../src/search/exact.js";
import { rescore } from "../../src/search/rescore.js";
import type { Neighbours, Vectors } from "../../src/types.js";
import { randomUnitVectors } from "../random.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { startPython } from "./python.js";

const K = 4;
const THREADS = 2;
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    dimensions: { type: "string", default: "384" },
    runs: { type: "string", default: "3" },
    python: { type: "string", default: "python3" },
  },
});
const [rows, dimensions, runs] = [values.rows, values.dimensions, values.runs].map(Number);

const source = randomUnitVectors(rows, dimensions, 1);
const target = randomUnitVectors(rows, dimensions, 2);
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
writeFileSync(join(folder, "source.f32"), source.data);
writeFileSync(join(folder, "target.f32"), target.data);

const argv = [folder, values.dimensions, String(K)];
const faiss = startPython(values.python, "faiss_exact.py", argv, THREADS);

console.log(
  `${describeMachine()} · ${rows} × ${rows} × ${dimensions}, both ways, k = ${K}, ${THREADS} threads`,
);
const ours: number[] = [];
const theirs: number[] = [];
for (let run = 1; run <= runs; run++) {
  const start = performance.now();
  const forward = await searchBoth(source, target);
  ours.push((performance.now() - start) / 1000);
  const { seconds, nearest } = await faiss.ask<{ seconds: number; nearest: number[] }>("search");
  theirs.push(seconds);
  const agreeing = nearest.filter((index, row) => index === forward.indices[row * K]).length;
  console.log(
    `run ${run}: crisscross ${ours.at(-1)!.toFixed(1)} s, FAISS ${seconds.toFixed(1)} s; same nearest ${((100 * agreeing) / rows).toFixed(3)} %`,
  );
}
faiss.end();
rmSync(folder, { recursive: true });
console.log(
  `median: crisscross ${median(ours).toFixed(1)} s, FAISS ${median(theirs).toFixed(1)} s; FAISS / crisscross = ${(median(theirs) / median(ours)).toFixed(2)}`,
);

async function searchBoth(source: Vectors, target: Vectors): Promise<Neighbours> {
  const found = await searchExact(source, target, { k: 2 * K, threads: THREADS });
  rescore(found.backward, target, source, K);
  return rescore(found.forward, source, target, K);
}

/**
 * Exact search in both directions, as float32 and as 8-bit numbers, beside FAISS IndexFlatIP searching both ways, in
 * one run.
 *
 *   node dist/test/bench/search.js [--rows 100000] [--dimensions 384] [--runs 3] [--python python3]
 *
 * The Python needs faiss-cpu and numpy.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BothWays } from "../../src/search/both-ways.js";
import { SEARCH_TYPES, type SearchType } from "../../src/search/coding.js";
import { searchExact } from "../../src/search/exact.js";
import { inMemory } from "../../src/search/in-memory.js";
import { rescore } from "../../src/search/rescore.js";
import { randomUnitVectors } from "../random.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { startPython } from "./python.js";
import { recall } from "./recall.js";

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

const vectors = {
  source: randomUnitVectors(rows, dimensions, 1),
  target: randomUnitVectors(rows, dimensions, 2),
};
const [source, target] = [inMemory(vectors.source), inMemory(vectors.target)];
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
writeFileSync(join(folder, "source.f32"), vectors.source.data);
writeFileSync(join(folder, "target.f32"), vectors.target.data);

const argv = [folder, values.dimensions, String(K)];
const python = startPython(values.python, "faiss_exact.py", argv, THREADS);

console.log(
  `${describeMachine()} · ${rows} × ${rows} × ${dimensions}, both ways, k = ${K}, ${THREADS} threads`,
);
const seconds: Record<SearchType | "FAISS", number[]> = { float32: [], int8: [], FAISS: [] };
for (let run = 1; run <= runs; run++) {
  const float32 = await searchBoth("float32");
  const int8 = await searchBoth("int8");
  const faiss = await python.ask<{ seconds: number; nearest: number[] }>("search");
  seconds.FAISS.push(faiss.seconds);
  const same = faiss.nearest.filter((index, row) => index === float32.forward.indices[row * K]).length / rows;
  console.log(
    `run ${run}: float32 ${seconds.float32.at(-1)!.toFixed(1)} s, int8 ${seconds.int8.at(-1)!.toFixed(1)} s, FAISS ${faiss.seconds.toFixed(1)} s; ` +
      `same nearest as FAISS ${(100 * same).toFixed(3)} %; recall@${K} of int8 ${recall(int8.forward, float32.forward).toFixed(5)} and ${recall(int8.backward, float32.backward).toFixed(5)}`,
  );
}
python.end();
rmSync(folder, { recursive: true });
for (const type of SEARCH_TYPES)
  console.log(
    `median: ${type} ${median(seconds[type]).toFixed(1)} s, FAISS ${median(seconds.FAISS).toFixed(1)} s; FAISS / ${type} = ${(median(seconds.FAISS) / median(seconds[type])).toFixed(2)}`,
  );

async function searchBoth(type: SearchType): Promise<BothWays> {
  const start = performance.now();
  const found = await searchExact(source, target, {
    k: K + (type === "int8" ? 8 : 4),
    type,
    threads: THREADS,
  });
  const exact = {
    forward: rescore(found.forward, source, target, { k: K }),
    backward: rescore(found.backward, target, source, { k: K }),
  };
  seconds[type].push((performance.now() - start) / 1000);
  return exact;
}

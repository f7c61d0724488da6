/**
 * From vectors to both sides' candidates, building included, at growing effort: our exact, 8-bit and ivf search, hnswlib,
 * usearch, FAISS IndexIVFFlat (1, 4 and 8 · √rows lists) and FAISS HNSW (M 16 and 32), on distinct lines of parallel/
 * (English, and all others), the first 256 numbers of the built-in encoder's vectors, centred. Recall is that of rows
 * spread evenly over both sides. Each engine goes on until it reaches the recall that is wanted.
 *
 *   node dist/test/bench/join.js [--rows 500000] [--queries 10000] [--recall 0.98] [--engines ivf,faiss-ivf-4,…]
 *     [--share 1] [--results test/bench/results/join.json] [--python python3]
 *
 * With a --share below 1, FAISS looks up only that share of the rows, and the seconds of that are divided by it.
 *
 * The Python needs faiss-cpu and numpy. At full size all engines together take hours, most of them in the graphs.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BothWays } from "../../src/search/both-ways.js";
import { searchExact } from "../../src/search/exact.js";
import { buildHnsw, searchHnsw } from "../../src/search/hnswlib.js";
import { trainCentroids } from "../../src/search/ivf/centroids.js";
import { searchIvf } from "../../src/search/ivf.js";
import { rescore } from "../../src/search/rescore.js";
import { buildUsearch, loadUsearch, saveUsearch, searchUsearch } from "../../src/search/usearch.js";
import { countLists } from "../../src/steps/neighbours/indexes/ivf-effort.js";
import type { Neighbours } from "../../src/types/neighbours.js";
import type { VectorRows } from "../../src/types/vectors.js";
import { describeMachine } from "./machine.js";
import { parallelVectors } from "./parallel-vectors.js";
import { startPython } from "./python.js";
import { recall } from "./recall.js";
import { sampleOf, spreadRows } from "./spread-rows.js";

const K = 4;
const THREADS = 2;
const DIMENSIONS = 256;
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "500000" },
    queries: { type: "string", default: "10000" },
    recall: { type: "string", default: "0.98" },
    engines: { type: "string", default: "int8,ivf,faiss-ivf-4,faiss-hnsw-16" },
    share: { type: "string", default: "1" },
    results: { type: "string", default: "test/bench/results/join.json" },
    python: { type: "string", default: "python3" },
  },
});
const queries = Number(values.queries);
const { source, target } = await parallelVectors(Number(values.rows), DIMENSIONS);
const asked = { source: spreadRows(source, queries), target: spreadRows(target, queries) };
const truth: BothWays = {
  forward: await nearestOf(asked.source, target),
  backward: await nearestOf(asked.target, source),
};

const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
writeFileSync(join(folder, "source.f32"), source.read(0, source.rows));
writeFileSync(join(folder, "target.f32"), target.read(0, target.rows));
const share = Number(values.share);
const argv = [folder, DIMENSIONS, K, queries, share].map(String);
const python = startPython(values.python, "faiss_join.py", argv, THREADS);

console.log(
  `${describeMachine()} · ${source.rows} × ${target.rows} × ${DIMENSIONS}, both ways, k = ${K}, ${THREADS} threads`,
);

type Search = (effort: number) => Promise<{ seconds: number; found: BothWays }>;

/** Each engine, and its efforts from the cheapest. */
const engines: Record<string, { efforts: number[]; search: Search }> = {
  exact: { efforts: [1], search: ours(() => searchExact(source, target, { k: K + 4, threads: THREADS })) },
  int8: {
    efforts: [1],
    search: ours(() => searchExact(source, target, { k: K + 8, type: "int8", threads: THREADS })),
  },
  ivf: { efforts: [16, 32, 48, 64, 96, 128, 192, 256], search: ours(searchLists) },
  hnsw: { efforts: [96, 192, 384, 768, 1536], search: ours(searchGraphs) },
  usearch: { efforts: [96, 192, 384, 768, 1536], search: ours(searchUsearchGraphs) },
  "faiss-ivf-1": { efforts: [16, 32, 64, 128, 256], search: faiss("ivf", 1) },
  "faiss-ivf-4": { efforts: [32, 64, 96, 128, 192, 256, 512], search: faiss("ivf", 4) },
  "faiss-ivf-8": { efforts: [64, 128, 256, 512, 1024], search: faiss("ivf", 8) },
  "faiss-hnsw-16": { efforts: [64, 128, 160, 192, 256, 512, 1024], search: faiss("hnsw", 16) },
  "faiss-hnsw-32": { efforts: [32, 64, 128, 256, 512, 1024], search: faiss("hnsw", 32) },
};

const results: { engine: string; effort: number; seconds: number; forward: number; backward: number }[] = [];
for (const engine of values.engines.split(",")) {
  for (const effort of engines[engine].efforts) {
    const { seconds, found } = await engines[engine].search(effort);
    const forward = recall(found.forward, truth.forward);
    const backward = recall(found.backward, truth.backward);
    results.push({ engine, effort, seconds, forward, backward });
    console.log(
      `${engine} ${effort}: ${seconds.toFixed(1)} s, recall@${K} ${forward.toFixed(4)} and ${backward.toFixed(4)}`,
    );
    const machine = describeMachine();
    const sizes = {
      source: source.rows,
      target: target.rows,
      dimensions: DIMENSIONS,
      k: K,
      threads: THREADS,
      share,
    };
    writeFileSync(values.results, `${JSON.stringify({ machine, ...sizes, results }, null, 2)}\n`);
    if (Math.min(forward, backward) >= Number(values.recall)) break;
  }
}
python.end();
rmSync(folder, { recursive: true });

const cheapest = (engine: string) =>
  results.find((r) => r.engine === engine && Math.min(r.forward, r.backward) >= Number(values.recall))
    ?.seconds;
const ivf = cheapest("ivf");
const faissEngines = Object.keys(engines).filter((engine) => engine.startsWith("faiss"));
const theirs = Math.min(...faissEngines.map(cheapest).filter((seconds) => seconds !== undefined));
if (ivf !== undefined && Number.isFinite(theirs))
  console.log(`at recall ${values.recall}: faster FAISS / ivf = ${(theirs / ivf).toFixed(2)}`);

async function nearestOf(rows: VectorRows, others: VectorRows): Promise<Neighbours> {
  const { forward } = await searchExact(rows, others, { k: K + 4, threads: THREADS });
  return rescore(forward, rows, others, { k: K });
}

/** Runs one of our engines, and scores exactly what it finds. */
function ours(search: (effort: number) => Promise<BothWays>): Search {
  return async (effort) => {
    const start = performance.now();
    const found = await search(effort);
    const forward = rescore(found.forward, source, target, { k: K });
    const backward = rescore(found.backward, target, source, { k: K });
    const seconds = (performance.now() - start) / 1000;
    return { seconds, found: { forward: sampleOf(forward, queries), backward: sampleOf(backward, queries) } };
  };
}

async function searchLists(probes: number): Promise<BothWays> {
  const lists = countLists(source.rows, target.rows);
  const centroids = await trainCentroids(source, target, { lists, threads: THREADS });
  return searchIvf(source, target, { centroids, probes, k: K + 8, threads: THREADS });
}

async function searchGraphs(effort: number): Promise<BothWays> {
  return {
    forward: await searchHnsw(await buildHnsw(target, 0, {}), source, { k: K + 4, effort }),
    backward: await searchHnsw(await buildHnsw(source, 0, {}), target, { k: K + 4, effort }),
  };
}

async function searchUsearchGraphs(effort: number): Promise<BothWays> {
  const settings = { type: "bf16", effort } as const;
  const graphOf = async (rows: VectorRows) => {
    const path = join(folder, "graph.usearch");
    await saveUsearch(await buildUsearch(rows, settings, {}), path);
    return loadUsearch(path, DIMENSIONS, settings);
  };
  const options = { k: K + 4, threads: THREADS };
  return {
    forward: await searchUsearch(await graphOf(target), source, options),
    backward: await searchUsearch(await graphOf(source), target, options),
  };
}

/** @param size lists by √rows, or links (M) of a node */
function faiss(engine: "ivf" | "hnsw", size: number): Search {
  return async (effort) => {
    const output = join(folder, "found.i32");
    const { build, search } = await python.ask<{ build: number; search: number }>(
      JSON.stringify({ engine, size, effort, output }),
    );
    const bytes = readFileSync(output);
    const indices = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const half = (first: number): Neighbours => ({
      rows: queries,
      k: K,
      indices: indices.subarray(first, first + queries * K),
      cosines: new Float32Array(queries * K),
    });
    return { seconds: build + search, found: { forward: half(0), backward: half(queries * K) } };
  };
}

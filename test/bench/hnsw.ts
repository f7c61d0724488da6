/**
 * hnswlib-node behind --index hnsw and usearch (bf16, i8) beside FAISS HNSW of the same M, build effort and search effort,
 * one thread each:
 * recall@4 against exact search, build and query time, on distinct lines of parallel/ (English, and all others).
 *
 *   node dist/test/bench/hnsw.js [--rows 100000] [--queries 10000] [--effort 192] [--encoder FOLDER] [--variant NAME]
 *     [--python python3]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { embed, textWindows } from "../../src/embed/embed.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { concatenate } from "../../src/flow/concatenate.js";
import { searchExact } from "../../src/search/exact.js";
import { GRAPH_TYPES } from "../../src/search/graph-types.js";
import { buildHnsw, HNSW_KEY, searchHnsw } from "../../src/search/hnswlib.js";
import { rescore } from "../../src/search/rescore.js";
import { buildUsearch, searchUsearch } from "../../src/search/usearch.js";
import { dropZeroRows } from "../../src/search/zero-rows.js";
import { MemoryRows } from "../../src/store/arrays/memory-rows.js";
import type { Neighbours } from "../../src/types/neighbours.js";
import type { Texts } from "../../src/types/texts.js";
import type { VectorRows } from "../../src/types/vectors.js";
import { describeMachine } from "./machine.js";
import { distinctParallel } from "./parallel.js";

const K = 4;
const FOUND = 8;
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    queries: { type: "string", default: "10000" },
    effort: { type: "string", default: "192" },
    encoder: { type: "string", default: "ngram" },
    variant: { type: "string" },
    python: { type: "string", default: "python3" },
  },
});
const effort = Number(values.effort);
const { other, english } = await distinctParallel(Number(values.rows));
// Queries from all languages, evenly.
const step = Math.floor(other.length / Number(values.queries));
const asked = asTexts(other.filter((_, i) => i % step === 0));

const opened = await openEncoder(values.encoder, { variant: values.variant });
const encoder = opened.fit
  ? await opened.fit(concatenate(textWindows(asTexts(other)), textWindows(asTexts(english))))
  : opened;
const base = await vectorsOf(asTexts(english));
const queries = await vectorsOf(asked);
console.log(
  `${describeMachine()} · ${base.rows} vectors, ${queries.rows} queries, ${encoder.space} · M ${HNSW_KEY.links}, build effort ${HNSW_KEY["build effort"]}, search effort ${effort}, one thread`,
);

const exact = rescore((await searchExact(queries, base, { k: FOUND })).forward, queries, base, { k: K });
await measure(
  "hnswlib-node",
  () => buildHnsw(base, 0, {}),
  (index) => searchHnsw(index, queries, { k: FOUND, effort }),
);
for (const type of GRAPH_TYPES)
  await measure(
    `usearch ${type}`,
    () => buildUsearch(base, { type, effort }, {}),
    (graph) => searchUsearch(graph, queries, { k: FOUND, threads: 1 }),
  );

const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
writeFileSync(join(folder, "base.f32"), base.read(0, base.rows));
writeFileSync(join(folder, "queries.f32"), queries.read(0, queries.rows));
const parameters = [base.dimensions, HNSW_KEY.links, HNSW_KEY["build effort"], effort, FOUND].map(String);
const answer = JSON.parse(
  execFileSync(values.python, ["test/bench/faiss_hnsw.py", folder, ...parameters], {
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1" },
    maxBuffer: 2 ** 28,
  }),
);
rmSync(folder, { recursive: true });
const theirs: Neighbours = {
  rows: queries.rows,
  k: FOUND,
  indices: Uint32Array.from(answer.neighbours.flat()),
  cosines: new Float32Array(queries.rows * FOUND),
};
print("FAISS HNSW", recall(rescore(theirs, queries, base, { k: K })), answer.build, answer.query);

async function measure<Graph>(
  name: string,
  build: () => Promise<Graph>,
  search: (graph: Graph) => Promise<Neighbours>,
): Promise<void> {
  const started = performance.now();
  const graph = await build();
  const built = performance.now();
  const found = await search(graph);
  const ended = performance.now();
  print(
    name,
    recall(rescore(found, queries, base, { k: K })),
    (built - started) / 1000,
    (ended - built) / 1000,
  );
}

function recall({ indices }: Neighbours): number {
  let hits = 0;
  for (let row = 0; row < queries.rows; row++) {
    const truth = new Set(exact.indices.subarray(row * K, (row + 1) * K));
    for (const index of indices.subarray(row * K, (row + 1) * K)) if (truth.has(index)) hits++;
  }
  return hits / (queries.rows * K);
}

function print(name: string, recallAt4: number, build: number, query: number): void {
  console.log(
    `${name}: recall@4 ${recallAt4.toFixed(4)}, build ${build.toFixed(1)} s, query ${query.toFixed(2)} s`,
  );
}

async function vectorsOf(texts: Texts): Promise<VectorRows> {
  const { dimensions } = encoder;
  const rows = new MemoryRows(texts.length, dimensions);
  const onNotFinite = () => {
    throw new Error("a vector is not finite");
  };
  await embed(textWindows(texts), encoder, rows, { onNotFinite });
  return dropZeroRows({ rows: texts.length, dimensions, data: rows.data }).vectors;
}

function asTexts(texts: string[]): Texts {
  return { length: texts.length, get: (index) => texts[index] };
}

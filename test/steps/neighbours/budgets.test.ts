import test from "ava";
import { OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { estimateDiskUse, tellDiskUse } from "../../../src/steps/neighbours/disk-use.js";
import { chooseEngine } from "../../../src/steps/neighbours/indexes/choose-engine.js";
import type { IndexOptions } from "../../../src/steps/neighbours/indexes/index-options.js";
import { probesOf } from "../../../src/steps/neighbours/indexes/ivf-effort.js";
import { planMemory } from "../../../src/steps/neighbours/memory-plan.js";
import { temporaryFolder } from "../../temporary-folder.js";

const MIB = 2 ** 20;
const size = { source: 500_000, target: 400_000, dimensions: 256 };
const vectorBytes = 900_000 * 256 * 4;
const exact = { index: "exact", type: "int8" } as const;

test("a budget that holds all vectors has them in memory; a smaller one reads them in passes", (t) => {
  const large = planMemory(exact, size, { memory: 4096 * MIB, k: 4 });
  t.true(large.held);
  t.true(large.bytes > vectorBytes);
  const small = planMemory(exact, size, { memory: 400 * MIB, k: 4 });
  t.false(small.held);
  t.true(small.bytes <= 400 * MIB);
  t.true(small.rescoredRows < 500_000);
});

test("no plan takes more than its budget, whatever the index", (t) => {
  for (const index of ["exact", "ivf", "hnsw"] as const) {
    for (const megabytes of [1500, 2000, 3000, 6000]) {
      const { bytes } = planMemory({ index, type: "float32" }, size, { memory: megabytes * MIB, k: 4 });
      t.true(bytes <= megabytes * MIB, `${index} ${megabytes}`);
    }
  }
});

test("a budget too small says the least that works, and that works", (t) => {
  const error = t.throws(() => planMemory(exact, size, { memory: 50 * MIB, k: 4 }), {
    instanceOf: OptionError,
  })!;
  const least = Number(/the least that works is ([\d,]+) MiB/.exec(error.message)?.[1].replace(",", ""));
  t.notThrows(() => planMemory(exact, size, { memory: least * MIB, k: 4 }));
  t.throws(() => planMemory(exact, size, { memory: (least - 1) * MIB, k: 4 }));
});

const squareOf = (rows: number, options: IndexOptions = {}) =>
  chooseEngine(options, { source: rows, target: rows, dimensions: 384 });

test("auto compares every pair as float32, as 8-bit numbers, or those of near clusters, by the number of pairs", (t) => {
  t.deepEqual(squareOf(1000), { index: "exact", type: "float32" });
  t.like(squareOf(10_000), { index: "exact", type: "int8" });
  t.like(squareOf(30_000), { index: "exact", type: "int8" });
  t.like(squareOf(100_000), { index: "ivf" });
  t.regex(squareOf(1_000_000).reason!, /^1,000,000 × 1,000,000 pairs are too many/);
});

test("auto compares every pair of more lines the more of their neighbours it is to find", (t) => {
  const exactUpTo = (recall: number) => {
    let rows = 1000;
    while (squareOf(rows, { recall }).index === "exact") rows += 1000;
    return rows;
  };
  t.true(exactUpTo(0.95) < exactUpTo(0.98));
  t.true(exactUpTo(0.98) < exactUpTo(0.999));
  t.true(exactUpTo(0.98) > 25_000);
});

test("auto compares every pair of a few lines with any number of others", (t) => {
  const size = { source: 100, target: 10_000_000, dimensions: 384 };
  t.like(chooseEngine({}, size), { index: "exact", type: "int8" });
});

test("a row looks at more lists the more of its neighbours are to be found, by one rule", (t) => {
  t.is(probesOf({}), 50);
  t.is(probesOf({ searchEffort: 5 }), 5);
  t.is(probesOf({ recall: 0.99 }), 65);
  t.is(probesOf({ recall: 0.98 }), 33);
  t.is(probesOf({ recall: 1 - 1e-12 }), 65_535);
});

test("the estimate is the vectors, 16 bytes a candidate and, for a graph, the vectors again in its type with 160 bytes a node", (t) => {
  const needs = { sentences: 1000, dimensions: 256, k: 4 };
  t.is(estimateDiskUse({ ...needs, index: "exact" }), 1000 * 256 * 4 + 1000 * 4 * 16);
  const [vectors, others] = [1000 * 256 * 4, 1000 * 4 * 16 + 1000 * 160];
  t.is(estimateDiskUse({ ...needs, index: "ivf" }), estimateDiskUse({ ...needs, index: "exact" }));
  t.is(estimateDiskUse({ ...needs, index: "hnsw" }), 2 * vectors + others);
  t.is(estimateDiskUse({ ...needs, index: "usearch" }), vectors + vectors / 2 + others);
  t.is(estimateDiskUse({ ...needs, index: "usearch", indexType: "i8" }), vectors + vectors / 4 + others);
});

test("what does not fit the disk is a warning beforehand", async (t) => {
  const events: JobEvent[] = [];
  const folder = temporaryFolder(t);
  const needs = { dimensions: 1024, k: 4, index: "exact" as const };
  await tellDiskUse(folder, { ...needs, sentences: 1 }, (event) => events.push(event));
  await tellDiskUse(folder, { ...needs, sentences: 1e15 }, (event) => events.push(event));
  t.deepEqual(
    events.map(({ kind }) => kind),
    ["note", "warning"],
  );
});

import test from "ava";
import { OptionError } from "../../../src/errors.js";
import { chooseEngine } from "../../../src/steps/neighbours/indexes/choose-engine.js";
import { planMemory } from "../../../src/steps/neighbours/memory-plan.js";

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

test("auto compares every pair as float32, as 8-bit numbers, or those of near clusters, by the number of pairs", (t) => {
  const choose = (rows: number) => chooseEngine({}, { source: rows, target: rows, dimensions: 256 });
  t.deepEqual(choose(1000), { index: "exact", type: "float32" });
  t.like(choose(100_000), { index: "exact", type: "int8" });
  t.like(choose(1_000_000), { index: "ivf" });
  t.regex(choose(1_000_000).reason!, /^1,000,000 × 1,000,000 pairs are too many/);
});

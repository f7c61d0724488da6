import test from "ava";
import type { JobEvent } from "../../../src/index.js";
import { estimateDiskUse, tellDiskUse } from "../../../src/steps/neighbours/disk-use.js";
import { temporaryFolder } from "../../temporary-folder.js";

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

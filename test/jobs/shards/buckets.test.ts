import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { Buckets } from "../../../src/jobs/shards/buckets.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("each bucket gives its records in the order in which they came, more than it holds back", async (t) => {
  const folder = temporaryFolder(t);
  const buckets = await Buckets.create([join(folder, "a"), join(folder, "b"), join(folder, "c")], 2);
  for (let i = 0; i < 10_000; i++) await buckets.add(i % 2, [i, 2 * i]);
  const pairs = (first: number) =>
    Array.from({ length: 5000 }, (_, i) => [first + 2 * i, 2 * (first + 2 * i)]).flat();
  t.deepEqual([...(await buckets.read(0))], pairs(0));
  t.deepEqual([...(await buckets.read(1))], pairs(1));
  t.deepEqual([...(await buckets.read(2))], []);
  await buckets[Symbol.asyncDispose]();
  t.deepEqual(readdirSync(folder), []);
});

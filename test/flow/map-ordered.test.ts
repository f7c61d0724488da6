import test from "ava";
import { mapOrdered } from "../../src/flow/map-ordered.js";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test("mapOrdered gives results in the order of the items, whichever is ready first", async (t) => {
  const release: (() => void)[] = [];
  const results = mapOrdered(
    [0, 1],
    2,
    (item) => new Promise<number>((done) => (release[item] = () => done(item))),
  );
  const all = collect(results);
  await new Promise((resolve) => setImmediate(resolve));
  release[1]();
  release[0]();
  t.deepEqual(await all, [0, 1]);
});

test("mapOrdered takes no more items than may be at work", async (t) => {
  let taken = 0;
  function* items() {
    for (;;) yield taken++;
  }
  for await (const result of mapOrdered(items(), 3, async (item) => item)) {
    t.true(taken <= result + 3);
    if (result === 10) break;
  }
  t.true(taken <= 14);
});

test("mapOrdered throws a failure when its turn comes", async (t) => {
  const seen: number[] = [];
  const run = async () => {
    const results = mapOrdered([0, 1, 2], 3, async (item) => {
      if (item === 1) throw new Error("broken");
      return item;
    });
    for await (const result of results) seen.push(result);
  };
  await t.throwsAsync(run, { message: "broken" });
  t.deepEqual(seen, [0]);
});

import test from "ava";
import { mapOrdered } from "../../src/flow/map-ordered.js";
import { orAborted } from "../../src/flow/or-aborted.js";
import { untilAborted } from "../../src/read/until-aborted.js";

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

const never = new Promise<never>(() => {});

test("orAborted gives what is waited for, or the reason of an abort that comes before it", async (t) => {
  const { signal } = new AbortController();
  t.is(await orAborted(Promise.resolve(3), signal), 3);
  const controller = new AbortController();
  const waiting = orAborted(never, controller.signal);
  controller.abort(new Error("enough"));
  await t.throwsAsync(waiting, { message: "enough" });
});

test("an abort that has been ends the waiting, too", async (t) => {
  await t.throwsAsync(orAborted(never, AbortSignal.abort(new Error("enough"))), { message: "enough" });
});

test("a stream that never ends is left where the abort came while its last chunk was worked on", async (t) => {
  const controller = new AbortController();
  async function* source() {
    yield "a chunk";
    await never;
  }
  const chunks = untilAborted(source(), controller.signal);
  t.is((await chunks.next()).value, "a chunk");
  controller.abort(new Error("enough"));
  await t.throwsAsync(chunks.next(), { message: "enough" });
});

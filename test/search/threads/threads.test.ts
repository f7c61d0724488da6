import test from "ava";
import type { SearchBothWays } from "../../../src/search/both-ways.js";
import { searchExact } from "../../../src/search/exact.js";
import { inMemory } from "../../../src/search/in-memory.js";
import { trainCentroids } from "../../../src/search/ivf/centroids.js";
import { searchIvf } from "../../../src/search/ivf.js";
import type { VectorRows } from "../../../src/types/vectors.js";

/** So many that two threads are worth their start. */
const [ROWS, DIMENSIONS] = [12_900, 384];

/** Numbers of a linear congruential generator, about as long as unit vectors: they are made at once. */
function rows(seed: number): VectorRows {
  const data = new Float32Array(ROWS * DIMENSIONS);
  let state = seed;
  const scale = Math.sqrt(3 / DIMENSIONS) / 2 ** 31;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    data[i] = state * scale;
  }
  return inMemory({ rows: ROWS, dimensions: DIMENSIONS, data });
}

const [source, target] = [rows(1), rows(2)];

/** Every row looks at half of the lists. */
const searchLists: SearchBothWays = async (_source, _target, options) => {
  const centroids = await trainCentroids(source, target, { lists: 16, threads: options.threads });
  return searchIvf(source, target, { ...options, centroids, probes: 8 });
};

const searches: Record<string, SearchBothWays> = {
  "exact as float32": searchExact,
  "exact as int8": (...[source, target, options]) =>
    searchExact(source, target, { ...options, type: "int8" }),
  ivf: searchLists,
};

for (const [name, search] of Object.entries(searches)) {
  test(`${name} finds the same over one thread and two, and tells of all pairs`, async (t) => {
    const seen: number[] = [];
    const one = await search(source, target, { k: 4, threads: 1 });
    const two = await search(source, target, { k: 4, threads: 2, onProgress: (pairs) => seen.push(pairs) });
    for (const way of ["forward", "backward"] as const) {
      t.deepEqual(two[way].indices, one[way].indices);
      t.deepEqual(two[way].cosines, one[way].cosines);
    }
    t.is(seen.at(-1), ROWS * ROWS);
  });
}

for (const [name, search] of Object.entries(searches)) {
  test(`threads of ${name} stop when their signal aborts`, async (t) => {
    const abort = new AbortController();
    const searching = search(source, target, {
      k: 4,
      threads: 2,
      signal: abort.signal,
      onProgress: () => abort.abort(new Error("enough")),
    });
    await t.throwsAsync(searching, { message: "enough" });
  });
}

test("a side that cannot be read ends a search by ivf on threads with that error", async (t) => {
  const centroids = await trainCentroids(source, target, { lists: 16 });
  let reads = 0;
  const broken: VectorRows = {
    ...target,
    read: (start, end) => {
      if (reads++ > 4) throw new Error("the disk is gone");
      return target.read(start, end);
    },
  };
  const searching = searchIvf(source, broken, { centroids, probes: 8, k: 4, threads: 2 });
  await t.throwsAsync(searching, { message: "the disk is gone" });
});

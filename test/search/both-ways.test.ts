import test from "ava";
import type { BothWays, SearchBothWays } from "../../src/search/both-ways.js";
import { targetStrip } from "../../src/search/exact/task.js";
import { searchExact } from "../../src/search/exact.js";
import type { GraphType } from "../../src/search/graph-types.js";
import { buildHnsw, searchHnsw } from "../../src/search/hnswlib.js";
import { inMemory } from "../../src/search/in-memory.js";
import { trainCentroids } from "../../src/search/ivf/centroids.js";
import { searchIvf } from "../../src/search/ivf.js";
import { rescore } from "../../src/search/rescore.js";
import { buildUsearch, searchUsearch } from "../../src/search/usearch.js";
import { type Neighbours, NO_NEIGHBOUR } from "../../src/types/neighbours.js";
import type { VectorRows, Vectors } from "../../src/types/vectors.js";
import { randomUnitVectors } from "../random.js";

const K = 4;
const WIDE = 4096;

/** As many lists as rows of the smaller side at most; all of them are looked at. */
const searchLists: SearchBothWays = async (source, target, options) => {
  const lists = Math.min(7, source.rows + target.rows);
  const centroids = await trainCentroids(source, target, { lists, signal: options.signal });
  return searchIvf(source, target, { ...options, centroids, probes: lists });
};

const searchGraphs: SearchBothWays = async (source, target, { k, signal }) => {
  const options = { k, effort: 64, signal };
  return {
    forward: await searchHnsw(await buildHnsw(target, 0, { signal }), source, options),
    backward: await searchHnsw(await buildHnsw(source, 0, { signal }), target, options),
  };
};

const searchUsearchGraphs =
  (type: GraphType): SearchBothWays =>
  async (source, target, { k, signal }) => {
    const build = (vectors: VectorRows) => buildUsearch(vectors, { type, effort: 64 }, { signal });
    return {
      forward: await searchUsearch(await build(target), source, { k, signal }),
      backward: await searchUsearch(await build(source), target, { k, signal }),
    };
  };

/** The same rows with zeros behind them: of so many numbers that a thread keeps 512 of them. */
const widened = ({ rows, dimensions, read }: VectorRows): VectorRows => ({
  rows,
  dimensions: WIDE,
  read: (start, end) => {
    const [values, wide] = [read(start, end), new Float32Array((end - start) * WIDE)];
    for (let row = 0; row < end - start; row++)
      wide.set(values.subarray(row * dimensions, (row + 1) * dimensions), row * WIDE);
    return wide;
  },
});

/** Every index, and the share of the true neighbours that it must find. */
const indexes: Record<string, { search: SearchBothWays; recall: number }> = {
  exact: { search: searchExact, recall: 1 },
  "exact in passes": {
    search: (source, target, options) => searchExact(source, target, { ...options, heldRows: 1 }),
    recall: 1,
  },
  "exact of wide rows": {
    search: (source, target, options) => searchExact(widened(source), widened(target), options),
    recall: 1,
  },
  "exact as int8": {
    search: (source, target, options) => searchExact(source, target, { ...options, type: "int8" }),
    recall: 0.999,
  },
  "ivf with all its lists": { search: searchLists, recall: 0.999 },
  "ivf in passes": {
    search: (source, target, options) => searchLists(source, target, { ...options, heldRows: 500 }),
    recall: 0.999,
  },
  hnsw: { search: searchGraphs, recall: 0.98 },
  "usearch bf16": { search: searchUsearchGraphs("bf16"), recall: 0.98 },
  "usearch i8": { search: searchUsearchGraphs("i8"), recall: 0.97 },
};

/** Found once: it takes longer than any index. */
let definition: Record<keyof BothWays, number[][]> | undefined;

test("a thread keeps 4,096 targets, or whole blocks of 512 of them in 8 MiB", (t) => {
  t.is(targetStrip(384, "float32"), 4096);
  // 8,388,608 / (4 · 1,920) is 1,092.3.
  t.is(targetStrip(1920, "float32"), 1024);
  t.is(targetStrip(1920, "int8"), 4096);
  t.is(targetStrip(100_000, "float32"), 512);
});

/** The k nearest by the definition: every cosine in float64, and k times the highest of them. */
function nearestByDefinition(rows: Vectors, others: Vectors, k: number): number[][] {
  const { dimensions } = rows;
  return Array.from({ length: rows.rows }, (_, row) => {
    const vector = rows.data.subarray(row * dimensions, (row + 1) * dimensions);
    const cosines = Float64Array.from({ length: others.rows }, (_, other) => {
      let sum = 0;
      for (let i = 0; i < dimensions; i++) sum += vector[i] * others.data[other * dimensions + i];
      return sum;
    });
    return Array.from({ length: k }, () => {
      const highest = cosines.reduce((best, cosine, i) => (cosine > cosines[best] ? i : best), 0);
      cosines[highest] = Number.NEGATIVE_INFINITY;
      return highest;
    });
  });
}

function listsOf({ rows, k, indices }: Neighbours): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    [...indices.subarray(row * k, (row + 1) * k)].filter((index) => index !== NO_NEIGHBOUR),
  );
}

function recallOf(found: number[][], truth: number[][]): number {
  const hits = truth.flatMap((list, row) => list.filter((index) => found[row].includes(index)));
  return hits.length / truth.flat().length;
}

for (const [name, { search, recall }] of Object.entries(indexes)) {
  test(`${name} finds ${100 * recall} % of what the definition finds, both ways, over several blocks`, async (t) => {
    // One more than a block of sources, and than a block of targets.
    const source = randomUnitVectors(1025, 8, 1);
    const target = randomUnitVectors(4097, 8, 2);
    const [x, y] = [inMemory(source), inMemory(target)];
    const { forward, backward } = await search(x, y, { k: K + 8 });
    const found = {
      forward: listsOf(rescore(forward, x, y, { k: K })),
      backward: listsOf(rescore(backward, y, x, { k: K })),
    };
    definition ??= {
      forward: nearestByDefinition(source, target, K),
      backward: nearestByDefinition(target, source, K),
    };
    t.true(recallOf(found.forward, definition.forward) >= recall);
    t.true(recallOf(found.backward, definition.backward) >= recall);
  });

  test(`${name} gives no more neighbours than the other side has`, async (t) => {
    const source = inMemory(randomUnitVectors(3, 8, 3));
    const target = inMemory(randomUnitVectors(2, 8, 4));
    const { forward, backward } = await search(source, target, { k: 8 });
    t.deepEqual(
      listsOf(forward).map((list) => list.length),
      [2, 2, 2],
    );
    t.deepEqual(
      listsOf(backward).map((list) => list.length),
      [3, 3],
    );
  });

  test(`${name} finds nothing where a side has no rows`, async (t) => {
    const rows = inMemory(randomUnitVectors(3, 8, 3));
    const none = inMemory(randomUnitVectors(0, 8, 4));
    for (const [source, target] of [
      [rows, none],
      [none, rows],
      [none, none],
    ]) {
      const { forward, backward } = await search(source, target, { k: 8 });
      t.deepEqual([forward.rows, backward.rows], [source.rows, target.rows]);
      t.deepEqual([...listsOf(forward), ...listsOf(backward)].flat(), []);
    }
  });

  test(`${name} stops when its signal aborts`, async (t) => {
    const vectors = inMemory(randomUnitVectors(10, 8, 5));
    const signal = AbortSignal.abort(new Error("enough"));
    await t.throwsAsync(search(vectors, vectors, { k: 1, signal }), { message: "enough" });
  });
}

import test from "ava";
import { checkShard } from "../../src/check-values.js";
import { OptionError } from "../../src/errors.js";
import { joinNeighbours } from "../../src/search/candidates.js";
import { exactList, listFound, MergedLists } from "../../src/search/found-lists.js";
import { inMemory } from "../../src/search/in-memory.js";
import { trainCentroids } from "../../src/search/ivf/centroids.js";
import { searchIvf } from "../../src/search/ivf.js";
import { findNearDuplicates, type SideSearch } from "../../src/search/near-duplicates.js";
import { cosinesOfPairs } from "../../src/search/pair-cosines.js";
import { rescore } from "../../src/search/rescore.js";
import { holdRows, rowsOfShard } from "../../src/search/shard.js";
import { dropZeroRows, type NonZeroRows } from "../../src/search/zero-rows.js";
import { type FoundLists, NO_NEIGHBOUR } from "../../src/types/neighbours.js";
import type { Vectors } from "../../src/types/vectors.js";
import { randomUnitVectors } from "../random.js";

test("joinNeighbours gives each pair once, by source, then target, with its rank in both directions", (t) => {
  // x0: y1 y0; x1: y1. y0: x0; y1: x1 x0.
  const forward = {
    rows: 2,
    k: 2,
    indices: Uint32Array.of(1, 0, 1, NO_NEIGHBOUR),
    cosines: Float32Array.of(0.5, 0.25, 0.75, 0),
  };
  const backward = {
    rows: 2,
    k: 2,
    indices: Uint32Array.of(0, NO_NEIGHBOUR, 1, 0),
    cosines: Float32Array.of(0.25, 0, 0.75, 0.5),
  };
  // Rows 0 and 1 are the sentences 0 and 3 of the source, 2 and 5 of the target.
  const rows = { source: Uint32Array.of(0, 3), target: Uint32Array.of(2, 5) };
  const joined = joinNeighbours({ forward, backward }, rows, { source: 4, target: 6 });
  const table = Array.from({ length: joined.length }, (_, i) => [
    joined.source[i],
    joined.target[i],
    joined.cosine[i],
    joined.forwardRank[i],
    joined.backwardRank[i],
  ]);
  t.deepEqual(table, [
    [0, 2, 0.25, 2, 1],
    [0, 5, 0.5, 1, 2],
    [3, 5, 0.75, 1, 1],
  ]);
});

test("joinNeighbours keeps a pair that only one direction found", (t) => {
  const nothing = { rows: 1, k: 1, indices: Uint32Array.of(NO_NEIGHBOUR), cosines: Float32Array.of(0) };
  const something = { rows: 1, k: 1, indices: Uint32Array.of(0), cosines: Float32Array.of(0.5) };
  const rows = { source: Uint32Array.of(0), target: Uint32Array.of(0) };
  const joined = joinNeighbours({ forward: nothing, backward: something }, rows, { source: 1, target: 1 });
  t.deepEqual([joined.length, joined.forwardRank[0], joined.backwardRank[0]], [1, 0, 1]);
});

/** Lists of one row. */
function row(entries: [index: number, found: number, exact: number][]): FoundLists {
  return {
    rows: 1,
    k: entries.length,
    indices: Uint32Array.from(entries, ([index]) => index),
    found: Float32Array.from(entries, ([, found]) => found),
    exact: Float32Array.from(entries, ([, , exact]) => exact),
  };
}

test("lists merge in the order in which they were found, equal ones by index", (t) => {
  const merged = new MergedLists(1, 3);
  merged.add(
    row([
      [1, 0.5, 0.25],
      [0, 0.25, 0.125],
    ]),
  );
  merged.add(row([]));
  merged.add(
    row([
      [7, 0.75, 0.75],
      [5, 0.5, 0.5],
      [6, 0.5, 0.875],
    ]),
  );
  // 0.75, then 0.5 by index 1, 5; 6 is one too many, though exactly it is the nearest.
  t.deepEqual([...merged.indices], [7, 1, 5]);
  t.deepEqual([...merged.exact], [0.75, 0.25, 0.5]);
});

test("what is kept is ordered exactly, equal ones by index; excluded pairs drop out and are told", (t) => {
  const lists = row([
    [9, 0.9, 0.5],
    [4, 0.8, Number.NaN],
    [2, 0.7, 0.75],
    [1, 0.6, 0.5],
    [NO_NEIGHBOUR, Number.NEGATIVE_INFINITY, Number.NaN],
  ]);
  t.deepEqual(exactList(lists, 0, 2), {
    nearest: [
      { index: 2, cosine: 0.75 },
      { index: 1, cosine: 0.5 },
    ],
    excluded: [4],
  });
});

test("found neighbours get their exact cosines where they stand, excluded ones none", (t) => {
  const rows = { rows: 1, dimensions: 2, data: Float32Array.of(1, 0) };
  const others = { rows: 3, dimensions: 2, data: Float32Array.of(0.5, 0, 0.75, 0, 0.25, 0) };
  const found = { rows: 1, k: 3, indices: Uint32Array.of(0, 1, 2), cosines: Float32Array.of(0.9, 0.8, 0.7) };
  const { exact, found: order } = listFound(found, inMemory(rows), inMemory(others), {
    excluded: (_, other) => other === 1,
  });
  t.deepEqual([...exact], [0.5, Number.NaN, 0.25]);
  t.is(order, found.cosines);
});

const rows = inMemory({ rows: 1, dimensions: 2, data: Float32Array.of(1, 0) });
const others = inMemory({ rows: 3, dimensions: 2, data: Float32Array.of(0.5, 0, 0.75, 0, 0.75, 1) });
const found = {
  rows: 1,
  k: 3,
  indices: Uint32Array.of(2, 0, 1),
  cosines: Float32Array.of(0.9, 0.8, 0.7),
};

test("rescore puts exact cosines in place of approximate ones and orders anew, ties by index", (t) => {
  const exact = rescore(found, rows, others, { k: 3 });
  t.deepEqual([...exact.indices], [1, 2, 0]);
  t.deepEqual([...exact.cosines], [0.75, 0.75, 0.5]);
});

test("rescore gives the same however many rows are held", (t) => {
  const whole = rescore(found, rows, others, { k: 3 });
  for (const heldRows of [1, 2]) t.deepEqual(rescore(found, rows, others, { k: 3, heldRows }), whole);
});

test("rescore keeps k", (t) => {
  t.deepEqual([...rescore(found, rows, others, { k: 1 }).indices], [1]);
});

test("an excluded pair leaves its place to the next", (t) => {
  const exact = rescore(found, rows, others, { k: 2, excluded: (_, other) => other === 1 });
  t.deepEqual([...exact.indices], [2, 0]);
});

test("a row with fewer neighbours than k has empty places", (t) => {
  const exact = rescore(found, rows, others, { k: 3, excluded: (_, other) => other !== 0 });
  t.deepEqual([...exact.indices], [0, NO_NEIGHBOUR, NO_NEIGHBOUR]);
});

test("each given pair has the cosine of its rows, in any order; a row of zeros has none", (t) => {
  const source = dropZeroRows({ rows: 4, dimensions: 2, data: Float32Array.of(1, 0, 0, 0, 0, 1, 0.6, 0.8) });
  const target = dropZeroRows({ rows: 2, dimensions: 2, data: Float32Array.of(0, 1, 1, 0) });
  const none = 0xffffffff;
  const pairs = { source: Uint32Array.of(3, 0, 1, 2, 0, none), target: Uint32Array.of(0, 1, 1, 0, none, 1) };
  const expected = [0.8, 1, Number.NaN, 1, Number.NaN, Number.NaN].map(Math.fround);
  t.deepEqual([...cosinesOfPairs(source, target, pairs)], expected);
});

/** Five blocks of 1,024 rows and one row more. */
const ROWS = 5121;

for (const of of [1, 2, 3, 6, 16]) {
  test(`${of} shards are all rows once, in order, cut where a block ends`, (t) => {
    const side = {
      vectors: inMemory(randomUnitVectors(ROWS, 2, 1)),
      rowNumbers: Uint32Array.from({ length: ROWS }, (_, row) => 2 * row),
    };
    for (const [name, block] of [
      ["source", 1024],
      ["target", 4096],
    ] as const) {
      const shards = Array.from({ length: of }, (_, i) =>
        holdRows(side, rowsOfShard(name, ROWS, { number: i + 1, of })),
      );
      t.deepEqual(
        shards.flatMap(({ rowNumbers }) => [...rowNumbers]),
        [...side.rowNumbers],
      );
      t.deepEqual(
        shards.flatMap(({ vectors }) => [...vectors.read(0, vectors.rows)]),
        [...side.vectors.read(0, ROWS)],
      );
      const isWhole = ({ vectors: { rows } }: NonZeroRows) => rows % block === 0;
      t.true(
        shards
          .slice(
            0,
            shards.findLastIndex(({ vectors }) => vectors.rows > 0),
          )
          .every(isWhole),
      );
    }
  });
}

for (const [number, of] of [
  [0, 16],
  [17, 16],
  [1, 0],
  [1.5, 2],
  [Number.NaN, 2],
]) {
  test(`there is no shard ${number}/${of}`, (t) => {
    t.throws(() => checkShard("sourceShard", { number, of }), {
      instanceOf: OptionError,
      message: /^sourceShard: ".*": expected a number of how many, /,
    });
  });
}

/** Rows on a circle, by their degrees: the cosine of two is that of the angle between them. */
function circle(...degrees: number[]): SideSearch & { asked: number[][] } {
  const cosine = (a: number, b: number) => Math.fround(Math.cos(((degrees[a] - degrees[b]) * Math.PI) / 180));
  const asked: number[][] = [];
  return {
    asked,
    nearest: async (rows, kept, k) => {
      asked.push([...rows]);
      const wanted = Math.min(k, kept.length);
      const indices = new Uint32Array(rows.length * wanted).fill(NO_NEIGHBOUR);
      const cosines = new Float32Array(rows.length * wanted);
      for (const [i, row] of rows.entries()) {
        const all = Array.from(kept, (other, index) => ({ index, cosine: cosine(row, other) }));
        all.sort((a, b) => b.cosine - a.cosine || a.index - b.index);
        for (const [rank, found] of all.slice(0, wanted).entries()) {
          indices[i * wanted + rank] = found.index;
          cosines[i * wanted + rank] = found.cosine;
        }
      }
      return { rows: rows.length, k: wanted, indices, cosines };
    },
    cosines: (rows, others) => Float32Array.from(rows, (row, i) => cosine(row, others[i])),
  };
}

const degrees = (angle: number) => Math.cos((angle * Math.PI) / 180);

const collapse = async (threshold: number, search: SideSearch, rows: number) => [
  ...(await findNearDuplicates(rows, threshold, search)),
];

test("a row joins the first earlier one that is near", async (t) => {
  // 4° and 2° are near to 0°; 40° and 43° to each other.
  t.deepEqual(await collapse(degrees(5.5), circle(0, 40, 4, 43, 2, 90), 6), [0, 1, 0, 1, 0, 5]);
});

test("a chain of rows, each near to the next, is cut: whoever is too far from the first stands for itself", async (t) => {
  // 0° 5° 10° 15° 20°: 5° joins 0°; 10° is near to 5° alone, which stands for nobody.
  t.deepEqual(await collapse(degrees(5.5), circle(0, 5, 10, 15, 20), 5), [0, 0, 2, 2, 4]);
});

test("rows with more near-duplicates than are looked at join all the same", async (t) => {
  // Every row has its nearest on either side of it, so the first one is among the nearest of few.
  const angles = Array.from({ length: 200 }, (_, row) => ((row * 37) % 200) / 100);
  const search = circle(...angles);
  t.deepEqual(await collapse(degrees(3), search, 200), new Array(200).fill(0));
  t.true(search.asked.length > 1);
  t.true(search.asked[1].length < 50);
});

test("equal rows, more than are looked at, are one", async (t) => {
  t.deepEqual(await collapse(1, circle(...new Array(50).fill(7)), 50), new Array(50).fill(0));
});

test("no two rows that stand for themselves are near, and every row is near to the one that stands for it", async (t) => {
  const angles = Array.from({ length: 500 }, (_, row) => (row * 137.5) % 360);
  const found = await collapse(degrees(4), circle(...angles), 500);
  const apart = (a: number, b: number) => {
    const angle = Math.abs(angles[a] - angles[b]);
    return Math.min(angle, 360 - angle);
  };
  const firsts = found.filter((first, row) => first === row);
  for (const [row, first] of found.entries()) t.true(apart(row, first) <= 4);
  for (const a of firsts) for (const b of firsts) if (a !== b) t.true(apart(a, b) > 4);
});

const EACH_SIDE = 600;
const DIMENSIONS = 24;

/** A unit vector for each row: what it means, and twice what its whole side has in common. */
function withinSide(meaning: Vectors, common: Float32Array): Vectors {
  const data = meaning.data.map((value, i) => value + 2 * common[i % DIMENSIONS]);
  for (let row = 0; row < EACH_SIDE; row++) {
    const vector = data.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
    const length = Math.hypot(...vector);
    for (let i = 0; i < DIMENSIONS; i++) vector[i] /= length;
  }
  return { ...meaning, data };
}

test("lists hold translations together where each side's vectors lie far from the other's", async (t) => {
  const meaning = randomUnitVectors(EACH_SIDE, DIMENSIONS, 1);
  const { data: common } = randomUnitVectors(2, DIMENSIONS, 2);
  const source = inMemory(withinSide(meaning, common.subarray(0, DIMENSIONS)));
  const target = inMemory(withinSide(meaning, common.subarray(DIMENSIONS)));
  const centroids = await trainCentroids(source, target, { lists: 40 });
  const { forward, backward } = await searchIvf(source, target, { centroids, probes: 1, k: 8 });
  for (const { k, indices } of [forward, backward]) {
    const found = Array.from({ length: EACH_SIDE }, (_, row) =>
      indices.subarray(row * k, (row + 1) * k).includes(row),
    );
    t.true(found.filter(Boolean).length >= 0.9 * EACH_SIDE);
  }
});

import test from "ava";
import { encodeRows } from "../../../src/search/encode-rows.js";
import { inMemory } from "../../../src/search/in-memory.js";
import { encodeCentroids } from "../../../src/search/ivf/list-codes.js";
import { NearestLists } from "../../../src/search/ivf/nearest-lists.js";
import { randomUnitVectors } from "../../random.js";

const [ROWS, LISTS, DIMENSIONS] = [600, 100, 16];
const rows = randomUnitVectors(ROWS, DIMENSIONS, 1);
const centroids = randomUnitVectors(LISTS, DIMENSIONS, 2);
const mean = Array.from({ length: DIMENSIONS }, (_, i) => 0.1 * (i % 3));

/** How near a list is to a row by the definition: the centroid's product with the row less the mean. */
function productOf(row: number, list: number): number {
  let sum = 0;
  for (let i = 0; i < DIMENSIONS; i++)
    sum += (rows.data[row * DIMENSIONS + i] - mean[i]) * centroids.data[list * DIMENSIONS + i];
  return sum;
}

for (const side of ["left", "right"] as const)
  test(`rows as codes of the ${side} side find the lists that are nearest once the mean is subtracted, the nearest first`, async (t) => {
    const each = 5;
    await using lists = await NearestLists.open({ dimensions: DIMENSIONS, lists: LISTS, most: each });
    lists.load(encodeCentroids(centroids, mean));
    const codes = encodeRows(inMemory(rows), { first: 0, end: ROWS }, { type: "int8", side });
    const found = await lists.find(codes, each);
    let hits = 0;
    for (let row = 0; row < ROWS; row++) {
      const order = [...Array(LISTS).keys()].sort((a, b) => productOf(row, b) - productOf(row, a));
      const mine = found.lists.subarray(row * each, (row + 1) * each);
      hits += order.slice(0, each).filter((list) => mine.includes(list)).length;
      // 8-bit numbers are less exact than this.
      t.true(Math.abs(productOf(row, mine[0]) - productOf(row, order[0])) < 0.05);
      t.true(Math.abs(productOf(row, mine[0]) - found.products[row]) < 0.05);
    }
    t.true(hits / (ROWS * each) > 0.95);
  });

test("of equally near lists the first are found", async (t) => {
  await using lists = await NearestLists.open({ dimensions: 2, lists: 20, most: 3 });
  const data = Float32Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : 0));
  lists.load(encodeCentroids({ rows: 20, dimensions: 2, data }));
  const { lists: found } = await lists.find(Uint8Array.of(80, 64), 3);
  t.deepEqual([...found].sort(), [0, 1, 2]);
  t.is(found[0], 0);
});

test("a row that looks at most of the lists misses those that are farthest", async (t) => {
  const [count, each] = [400, 300];
  // Products of any order: 7 has no divisor in common with 401, so no two are the same.
  const data = Float32Array.from({ length: 2 * count }, (_, i) =>
    i % 2 === 0 ? ((7 * (i / 2 + 1)) % 401) / 1000 : 0,
  );
  await using lists = await NearestLists.open({ dimensions: 2, lists: count, most: each });
  // Products of codes may be the same where the numbers are not, the offsets are not.
  const codes = encodeCentroids({ rows: count, dimensions: 2, data });
  codes.offsets.set(data.filter((_, i) => i % 2 === 0));
  lists.load(codes);
  const { lists: found } = await lists.find(Uint8Array.of(64, 64), each);
  const nearest = [...Array(count).keys()].sort((a, b) => data[2 * a] - data[2 * b]);
  t.is(found[0], nearest[0]);
  t.deepEqual(found.slice().sort(), Uint16Array.from(nearest.slice(0, each)).sort());
});

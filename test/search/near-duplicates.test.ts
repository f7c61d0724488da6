import test from "ava";
import { findNearDuplicates, type SideSearch } from "../../src/search/near-duplicates.js";
import { NO_NEIGHBOUR } from "../../src/types/neighbours.js";

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

import test from "ava";
import { exactList, listFound, MergedLists } from "../../src/search/found-lists.js";
import { inMemory } from "../../src/search/in-memory.js";
import { type FoundLists, NO_NEIGHBOUR } from "../../src/types/neighbours.js";

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
  const { exact, found: order } = listFound(
    found,
    inMemory(rows),
    inMemory(others),
    (_, other) => other === 1,
  );
  t.deepEqual([...exact], [0.5, Number.NaN, 0.25]);
  t.is(order, found.cosines);
});

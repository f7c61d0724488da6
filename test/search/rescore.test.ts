import test from "ava";
import { inMemory } from "../../src/search/in-memory.js";
import { cosinesOfPairs } from "../../src/search/pair-cosines.js";
import { rescore } from "../../src/search/rescore.js";
import { dropZeroRows } from "../../src/search/zero-rows.js";
import { NO_NEIGHBOUR } from "../../src/types/neighbours.js";

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

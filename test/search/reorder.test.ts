import test from "ava";
import { inMemory } from "../../src/search/in-memory.js";
import { reorder } from "../../src/search/reorder.js";

/** Row i is [i, 10 · i]. */
const rows = inMemory({
  rows: 5,
  dimensions: 2,
  data: Float32Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? i / 2 : 5 * (i - 1))),
});
/** Rows 4, 1, 2 and 0. */
const ordered = reorder(rows, Uint32Array.of(4, 1, 2, 0));

test("rows come in another order", (t) => {
  t.deepEqual([...ordered.read(1, 4)], [1, 10, 2, 20, 0, 0]);
});

test("rows that are put in order are read to the room that is given", (t) => {
  const room = new Float32Array(20).fill(7);
  const found = ordered.read(0, 3, room);
  t.is(found.buffer, room.buffer);
  t.deepEqual([...found], [4, 40, 1, 10, 2, 20]);
  t.true(room.subarray(6).every((number) => number === 7));
});

test("an order of an order is read to that room, too, and what is in memory stays as it is", (t) => {
  const room = new Float32Array(4).fill(7);
  const found = reorder(ordered, Uint32Array.of(3, 0)).read(0, 2, room);
  t.deepEqual([...found], [0, 0, 4, 40]);
  t.is(found.buffer, room.buffer);
  t.deepEqual([...rows.read(0, 2, room)], [0, 0, 1, 10]);
});

import test from "ava";
import { type Batch, Drawer } from "../../src/train/draw.js";
import { holdOut } from "../../src/train/held-out.js";

/** Pools whose pairs say which group they are of: group g holds 1000 · g, 1000 · g + 1, … */
const pools = (...sizes: number[]) =>
  sizes.map((size, group) => Uint32Array.from({ length: size }, (_, i) => 1000 * group + i));

const draw = (drawer: Drawer, batches: number): Batch[] =>
  Array.from({ length: batches }, () => drawer.next());

test("a batch is of one group", (t) => {
  for (const { group, pairs } of draw(new Drawer(pools(50, 30, 90), { batch: 8 }), 100)) {
    t.is(pairs.length, 8);
    t.true(pairs.every((pair) => Math.floor(pair / 1000) === group));
  }
});

test("no pair comes twice in an epoch, and the next epoch has another order", (t) => {
  const drawer = new Drawer(pools(43), { batch: 10 });
  const epochs = Array.from({ length: 3 }, () => draw(drawer, 4).flatMap(({ pairs }) => [...pairs]));
  for (const epoch of epochs) t.is(new Set(epoch).size, 40);
  t.notDeepEqual(epochs[0], epochs[1]);
  t.notDeepEqual(epochs[1], epochs[2]);
});

test("every pair has its turn over the epochs", (t) => {
  const drawer = new Drawer(pools(19), { batch: 10 });
  t.is(new Set(draw(drawer, 30).flatMap(({ pairs }) => [...pairs])).size, 19);
});

test("a group smaller than a batch gives all of its pairs, each once", (t) => {
  for (const { pairs } of draw(new Drawer(pools(5), { batch: 8 }), 3)) {
    t.deepEqual([...pairs].sort(), [0, 1, 2, 3, 4]);
  }
});

test("groups are drawn by their size to the power of the exponent", (t) => {
  // 16^0.5 : 1^0.5 : 0 = 4 : 1 : 0; of 5,000 draws 4,000 ± 4 · √(5000 · 0.8 · 0.2) = ± 113.
  const drawn = draw(new Drawer(pools(16, 1, 0), { batch: 1, exponent: 0.5 }), 5000);
  const first = drawn.filter(({ group }) => group === 0).length;
  t.true(Math.abs(first - 4000) < 113);
  t.true(drawn.every(({ group }) => group !== 2));
});

test("the same seed draws the same, another seed something else", (t) => {
  const drawn = (seed: number) => draw(new Drawer(pools(50, 30), { batch: 8, seed }), 20);
  t.deepEqual(drawn(4), drawn(4));
  t.notDeepEqual(drawn(4), drawn(5));
});

test("what was skipped is as if it had been drawn", (t) => {
  const drawer = new Drawer(pools(50, 30, 9), { batch: 8 });
  draw(drawer, 37);
  const skipping = new Drawer(pools(50, 30, 9), { batch: 8 });
  skipping.skip(37);
  t.deepEqual(draw(skipping, 40), draw(drawer, 40));
});

test("there must be a pair", (t) => {
  t.throws(() => new Drawer(pools(0, 0), { batch: 8 }), { message: /no pair/ });
});

test("held-out pairs and training pairs make up the group, and share nothing", (t) => {
  const { training, heldOut } = holdOut(100, { validation: 15, seed: 1, group: 0 });
  t.is(heldOut.length, 15);
  t.deepEqual(
    [...training, ...heldOut].sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i),
  );
  t.deepEqual(holdOut(100, { validation: 15, seed: 1, group: 0 }), { training, heldOut });
  t.notDeepEqual(holdOut(100, { validation: 15, seed: 2, group: 0 }).heldOut, heldOut);
});

test("no more than a fifth of a group is held out", (t) => {
  t.is(holdOut(11, { validation: 256, seed: 0, group: 0 }).heldOut.length, 2);
  t.is(holdOut(4, { validation: 256, seed: 0, group: 0 }).heldOut.length, 0);
});

import { join } from "node:path";
import test from "ava";
import { Bits } from "../../src/store/hashes/bits.js";
import { type Bags, countBags, dropPieces, numberBags, packBags, takeBags } from "../../src/train/bags.js";
import { type Batch, Drawer } from "../../src/train/draw.js";
import { FileBags } from "../../src/train/file-bags.js";
import { findKnown, knowRows, withoutKnown } from "../../src/train/find-known.js";
import { holdOut } from "../../src/train/held-out.js";
import { BagInverter } from "../../src/train/invert-bags.js";
import { RowAdagrad } from "../../src/train/row-adagrad.js";
import { sumRows } from "../../src/train/sum-rows.js";
import { randomNumbers } from "../random.js";
import { temporaryFolder } from "../temporary-folder.js";

const lists = ({ pieces, offsets }: Bags) =>
  Array.from({ length: offsets.length - 1 }, (_, i) => [...pieces.subarray(offsets[i], offsets[i + 1])]);

test("bags are taken from several packs in the order asked for, cut after so many pieces", (t) => {
  const a = packBags([[1, 2, 3], [], [4]]);
  const b = packBags([[5, 6, 7, 8]]);
  const taken = takeBags(
    [
      { bags: a, indices: [2, 0, 1] },
      { bags: b, indices: [0] },
    ],
    2,
  );
  t.deepEqual(lists(taken), [[4], [1, 2], [], [5, 6]]);
});

test("bags in a file are taken like those in memory, and know their lowest and highest piece", (t) => {
  const bags = [[1, 2, 3], [], [4], [9, 8, 7, 6]];
  const indices = [3, 0, 2, 1, 0];
  using file = new FileBags(join(temporaryFolder(t), "bags"), bags.length);
  file.append(bags.slice(0, 3));
  file.append(bags.slice(3));
  t.is(countBags(file), 4);
  t.deepEqual(file.range, { least: 1, most: 9 });
  for (const maxPieces of [2, 9]) {
    const taken = takeBags([{ bags: file, indices }], maxPieces);
    t.deepEqual(lists(taken), lists(takeBags([{ bags: packBags(bags), indices }], maxPieces)));
  }
});

test("hidden pieces are left out before a bag is cut, and other bags stay whole", (t) => {
  const bags = packBags([[1, 2, 3, 4], [5], [6, 7, 8]]);
  const pieces = new Bits();
  for (const bit of [1, 0, 1, 0, 1, 0, 1, 0]) pieces.push(bit === 1);
  const hidden = { pieces, of: [true, false, true, true] };
  const taken = takeBags([{ bags, indices: [2, 0, 0, 1], hidden }], 2);
  t.deepEqual(lists(taken), [[6, 8], [1, 2], [2, 4], []]);
});

test("equal bags have equal numbers, and other orders are other bags", (t) => {
  t.deepEqual(
    [...numberBags(packBags([[1, 2], [2, 1], [1, 2], [], [1], [], [2, 1]]))],
    [0, 1, 0, 3, 4, 3, 1],
  );
});

test("dropping leaves about the share that was asked for, in order, and no bag empty", (t) => {
  const bags = packBags(Array.from({ length: 400 }, (_, i) => Array.from({ length: i % 8 }, (_, j) => j)));
  const dropped = lists(dropPieces(bags, 0.3, randomNumbers(1)));
  const total = dropped.reduce((sum, bag) => sum + bag.length, 0);
  // 1,400 pieces: 980 ± 3 · √(1400 · 0.3 · 0.7) = ± 51, and some more because of the bags that would be empty.
  t.true(total > 929 && total < 1080);
  t.true(
    dropped.every(
      (bag, i) => (bag.length > 0 || i % 8 === 0) && bag.every((x, j) => j === 0 || x > bag[j - 1]),
    ),
  );
});

test("a bag that would lose everything keeps everything", (t) => {
  t.deepEqual(lists(dropPieces(packBags([[1, 2], [3]]), 0.9, () => 0.5)), [[1, 2], [3]]);
});

/** Rows 0 and 1 have a cosine of 0.8, rows 2 to 5 are at right angles to all others; row 6 is zero. */
const KNOWN = knowRows(
  Float32Array.of(
    ...[4, 0, 0, 0, 0, 0],
    ...[0.8, 0.6, 0, 0, 0, 0],
    ...[0, 0, 3, 0, 0, 0],
    ...[0, 0, 0, 1, 0, 0],
    ...[0, 0, 0, 0, 1, 0],
    ...[0, 0, 0, 0, 0, 1],
    ...[0, 0, 0, 0, 0, 0],
  ),
  6,
);

test("what both sides of a pair have, or know by its direction, is hidden on both", async (t) => {
  const pair = { source: packBags([[0, 2, 3, 3, 5, 6]]), target: packBags([[1, 4, 5, 4, 4]]) };
  const { source, target } = withoutKnown(pair, await findKnown(pair, KNOWN, { similarity: 0.79 }));
  t.deepEqual([lists(source), lists(target)], [[[2, 3, 3, 6]], [[4, 4, 4]]]);
  const stricter = withoutKnown(pair, await findKnown(pair, KNOWN, { similarity: 0.81 }));
  t.deepEqual([lists(stricter.source), lists(stricter.target)], [[[0, 2, 3, 3, 6]], [[1, 4, 4, 4]]]);
});

test("a pair that would keep fewer than three pieces of a side stays whole", async (t) => {
  const pair = { source: packBags([[0, 2, 3, 3]]), target: packBags([[1, 4, 4]]) };
  const { source, target } = withoutKnown(pair, await findKnown(pair, KNOWN, { similarity: 0.5 }));
  t.deepEqual([lists(source), lists(target)], [[[0, 2, 3, 3]], [[1, 4, 4]]]);
});

test("hiding gives in to the signal", async (t) => {
  const pair = { source: packBags([[0]]), target: packBags([[1]]) };
  const signal = AbortSignal.abort(new Error("enough"));
  await t.throwsAsync(findKnown(pair, KNOWN, { similarity: 0.5, signal }), { message: "enough" });
});

test("a bag's sum counts a row as often as the bag holds it", (t) => {
  const table = Float32Array.of(1, 10, 2, 20, 4, 40);
  const sums = sumRows(table, 2, packBags([[0, 1, 2, 2, 2], [], [1, 1, 1, 1, 1, 1, 1, 1]]));
  t.deepEqual([...sums], [15, 150, 0, 0, 16, 160]);
});

test("bags from the middle are summed into what is given", (t) => {
  const table = Float32Array.of(1, 2, 4);
  const into = new Float32Array(3).fill(7);
  const sums = sumRows(table, 1, packBags([[0], [1], [2], [0, 2]]), { first: 1, end: 3, into });
  t.deepEqual([...sums], [2, 4]);
  t.deepEqual([...into], [2, 4, 7]);
});

test("inverted bags name every row once, with its holders as often as they hold it", (t) => {
  const inverter = new BagInverter(10);
  const bags = packBags([[7, 3, 7], [], [3, 9]]);
  for (let i = 0; i < 2; i++) {
    const { rows, holders } = inverter.invert(bags);
    t.deepEqual([...rows], [7, 3, 9]);
    t.deepEqual(lists(holders), [[0, 0], [0, 2], [2]]);
  }
});

test("going back through inverted bags gives each row its holders' gradients", (t) => {
  const { holders } = new BagInverter(10).invert(packBags([[7, 3, 7], [], [3, 9]]));
  t.deepEqual([...sumRows(Float32Array.of(1, 10, 100), 1, holders)], [2, 101, 100]);
});

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

const near = (actual: ArrayLike<number>, expected: readonly number[]) =>
  expected.every((value, i) => Math.abs(actual[i] - value) < 1e-6);

test("a row's step is the rate times the gradient over the root of all its mean squares", (t) => {
  const table = Float32Array.from([1, 2, 3, 4, 5, 6]);
  const adagrad = new RowAdagrad(table, 2);
  // Row 2: mean square (3² + 4²) / 2 = 12.5, √12.5 = 3.535534; 5 − 0.5 · 3 / 3.535534, 6 − 0.5 · 4 / 3.535534.
  // Row 0: mean square (1² + 1²) / 2 = 1; 1 − 0.5 · 1, 2 + 0.5 · 1.
  adagrad.step(Int32Array.of(2, 0), Float32Array.of(3, 4, 1, -1), 0.5);
  t.true(near(table, [0.5, 2.5, 3, 4, 4.5757359, 5.4343146]));
  t.true(near(adagrad.accumulators, [1, 0, 12.5]));
  // Row 0 again: mean square (2² + 4²) / 2 = 10, with what was there 11, √11 = 3.316625.
  adagrad.step(Int32Array.of(0), Float32Array.of(2, 4), 1);
  t.true(near(table, [0.5 - 2 / 3.316625, 2.5 - 4 / 3.316625, 3, 4, 4.5757359, 5.4343146]));
  t.true(near(adagrad.accumulators, [11, 0, 12.5]));
});

test("a gradient of zero changes nothing, even the first", (t) => {
  const table = Float32Array.of(1, 2);
  new RowAdagrad(table, 2).step(Int32Array.of(0), Float32Array.of(0, 0), 0.1);
  t.deepEqual([...table], [1, 2]);
});

test("five dimensions count five squares", (t) => {
  const adagrad = new RowAdagrad(new Float32Array(5), 5);
  adagrad.step(Int32Array.of(0), Float32Array.of(1, 2, 3, 4, 5), 0.1);
  t.is(adagrad.accumulators[0], (1 + 4 + 9 + 16 + 25) / 5);
});

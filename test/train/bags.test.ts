import test from "ava";
import { type Bags, dropPieces, numberBags, packBags, takeBags } from "../../src/train/bags.js";
import { BagInverter } from "../../src/train/invert-bags.js";
import { sumRows } from "../../src/train/sum-rows.js";
import { randomNumbers } from "../random.js";

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

import test from "ava";
import { Collector } from "../../../src/search/threads/collector.js";
import { NO_NEIGHBOUR } from "../../../src/types/neighbours.js";

const COLUMNS = 16;

/** Collects two rows of three products each; rows are 5 and 3 of their side, columns 20, 10 and 30. */
function collected(rows: number[][]): Collector {
  const collector = Collector.open({ rows: 2, columns: 3 }, { rows: 2, k: 2 }, { rows: 3, k: 1 });
  collector.left.ids.set([5, 3]);
  collector.right.ids.set([20, 10, 30]);
  for (const { cosines, indices } of [collector.left, collector.right]) {
    cosines.fill(Number.NEGATIVE_INFINITY);
    indices.fill(NO_NEIGHBOUR);
  }
  // What is beyond the columns is padding, here larger than all.
  collector.products.fill(9);
  for (const [row, products] of rows.entries()) collector.products.set(products, row * COLUMNS);
  collector.collect(Uint32Array.of(0, 1), Uint32Array.of(0, 1, 2));
  return collector;
}

test("each row and each column keeps its largest products, by the numbers of their sides", (t) => {
  const { left, right } = collected([
    [0.25, 0.5, 0.75],
    [0.5, 0.25, 0.125],
  ]);
  t.deepEqual([...left.indices], [30, 10, 20, 10]);
  t.deepEqual([...left.cosines], [0.75, 0.5, 0.5, 0.25]);
  t.deepEqual([...right.indices], [3, 5, 5]);
  t.deepEqual([...right.cosines], [0.5, 0.5, 0.75]);
});

test("of equal products those of the lower numbers are kept, the lowest first", (t) => {
  const { left, right } = collected([
    [0.5, 0.5, 0.5],
    [0.5, 0.5, 0.5],
  ]);
  t.deepEqual([...left.indices], [10, 20, 10, 20]);
  t.deepEqual([...right.indices], [3, 3, 3]);
});

test("a pair that is met twice is kept once", (t) => {
  const collector = collected([
    [0.25, 0.5, 0.75],
    [0.5, 0.25, 0.125],
  ]);
  collector.collect(Uint32Array.of(0, 1), Uint32Array.of(0, 1, 2));
  t.deepEqual([...collector.left.indices], [30, 10, 20, 10]);
});

test("what fits no list changes none, and some of the rows can be collected alone", (t) => {
  const collector = collected([
    [0.25, 0.5, 0.75],
    [0.5, 0.25, 0.125],
  ]);
  // Row 3 with column 30 alone.
  collector.products[0] = 0.875;
  collector.collect(Uint32Array.of(1), Uint32Array.of(2));
  t.deepEqual([...collector.left.indices], [30, 10, 30, 20]);
  t.deepEqual([...collector.right.indices], [3, 5, 3]);
});

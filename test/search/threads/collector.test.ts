import test from "ava";
import { Collector } from "../../../src/search/threads/collector.js";
import { NO_NEIGHBOUR } from "../../../src/types/neighbours.js";
import { randomNumbers } from "../../random.js";

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

test("of many rows and columns, met in several blocks, each keeps what sorting all products would", (t) => {
  const [rows, columns, k] = [40, 37, 6];
  const next = randomNumbers(3);
  // Of thirty values, so that many are equal.
  const products = Float32Array.from({ length: rows * columns }, () => Math.floor(next() * 30) / 32);
  const collector = Collector.open({ rows: 16, columns: 20 }, { rows, k }, { rows: columns, k });
  for (const side of [collector.left, collector.right]) {
    side.ids.set(side.ids.map((_, i) => i));
    side.cosines.fill(Number.NEGATIVE_INFINITY);
    side.indices.fill(NO_NEIGHBOUR);
  }
  const rangeOf = (first: number, end: number) =>
    Uint32Array.from({ length: end - first }, (_, i) => first + i);
  for (const column of [20, 0])
    for (let row = 0; row < rows; row += 16) {
      const [leftAt, rightAt] = [
        rangeOf(row, Math.min(rows, row + 16)),
        rangeOf(column, Math.min(columns, column + 20)),
      ];
      const width = COLUMNS * Math.ceil(rightAt.length / COLUMNS);
      collector.products.fill(9);
      for (const [i, x] of leftAt.entries())
        for (const [j, y] of rightAt.entries()) collector.products[i * width + j] = products[x * columns + y];
      collector.collect(leftAt, rightAt);
    }
  const best = (all: number[]) => [...all.keys()].sort((a, b) => all[b] - all[a] || a - b).slice(0, k);
  for (let x = 0; x < rows; x++) {
    const all = Array.from({ length: columns }, (_, y) => products[x * columns + y]);
    t.deepEqual([...collector.left.indices.subarray(x * k, (x + 1) * k)], best(all));
  }
  for (let y = 0; y < columns; y++) {
    const all = Array.from({ length: rows }, (_, x) => products[x * columns + y]);
    t.deepEqual([...collector.right.indices.subarray(y * k, (y + 1) * k)], best(all));
  }
});

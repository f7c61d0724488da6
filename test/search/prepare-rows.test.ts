import test from "ava";
import { meanOfRows } from "../../src/embed/mean.js";
import { kernelOf, roomForRows } from "../../src/runtime/rows/row-kernel.js";
import { inMemory } from "../../src/search/in-memory.js";
import { type Preparation, prepareRows } from "../../src/search/prepare-rows.js";
import { dropZeroRows, passZeroRows } from "../../src/search/zero-rows.js";
import type { Vectors } from "../../src/types/vectors.js";
import { randomNumbers } from "../random.js";

/** Rows (1, 0), (0, 1) and one without any feature: their mean is (½, ½). */
const rows = () => Float32Array.of(1, 0, 0, 0, 0, 1);

test("the mean leaves out rows of zeros", async (t) => {
  const matrix = { rows: 3, read: async (start: number, end: number) => rows().subarray(2 * start, 2 * end) };
  t.deepEqual(await meanOfRows(matrix, 2), [0.5, 0.5]);
});

test("centring subtracts the mean and makes rows unit length again; rows of zeros stay", (t) => {
  const data = rows();
  prepareRows({ rows: 3, dimensions: 2, data }, { mean: [0.5, 0.5] });
  const half = Math.SQRT1_2;
  const expected = [half, -half, 0, 0, -half, half];
  t.true(data.every((value, i) => Math.abs(value - expected[i]) < 1e-6));
});

test("rows of unit length stay the same to the last bit, others get it", (t) => {
  const nearly = Math.fround(1 + 1e-6);
  const data = Float32Array.of(nearly, 0, 3, 4);
  prepareRows({ rows: 2, dimensions: 2, data });
  t.deepEqual([...data], [nearly, 0, Math.fround(0.6), Math.fround(0.8)]);
});

/** What rows are made of by the words of `prepareRows`, number by number. */
function prepareOneByOne(vectors: Vectors, { mean, blocks }: Preparation): Float32Array {
  const { dimensions } = vectors;
  const data = vectors.data.slice();
  const scaleTo = (length: number, first: number, end: number) => {
    let squares = 0;
    for (let i = first; i < end; i++) squares += data[i] * data[i];
    if (squares === 0 || Math.abs(squares - length * length) <= 1e-5 * length * length) return;
    for (let i = first; i < end; i++) data[i] *= length / Math.sqrt(squares);
  };
  for (let row = 0; row < data.length; row += dimensions) {
    let first = row;
    for (const { dimensions: width, weight } of blocks ?? [{ dimensions, weight: 1 }]) {
      const isZero = data.subarray(first, first + width).every((value) => value === 0);
      for (let i = first; mean && !isZero && i < first + width; i++) data[i] -= mean[i - row];
      scaleTo(Math.sqrt(weight), first, first + width);
      first += width;
    }
    if (blocks) scaleTo(1, row, row + dimensions);
  }
  return data;
}

const BLOCKS = [
  { dimensions: 5, weight: 0.3 },
  { dimensions: 38, weight: 0.7 },
];

for (const where of ["in the kernel's memory", "elsewhere"])
  for (const blocks of [undefined, BLOCKS])
    test(`rows that lie ${where} become the same to the last bit as one number after the other${blocks ? ", block by block" : ""}`, (t) => {
      const [rows, dimensions] = [9000, 43];
      const next = randomNumbers(7);
      const data =
        where === "elsewhere" ? new Float32Array(rows * dimensions) : roomForRows(rows, dimensions);
      t.is(kernelOf(data, dimensions).rows.buffer === data.buffer, where !== "elsewhere");
      for (let i = 0; i < data.length; i++) data[i] = next() - 0.4;
      // Of zeros, of zeros in one block, of a length that stays, and none.
      data.fill(0, 2 * dimensions, 3 * dimensions);
      data.fill(0, 4 * dimensions, 4 * dimensions + 5);
      data.fill(0, 6 * dimensions, 7 * dimensions)[6 * dimensions + 8] = 1 + 1e-6;
      data[8 * dimensions + 3] = Number.NaN;
      const mean = Array.from({ length: dimensions }, () => next() / 10);
      const vectors = { rows, dimensions, data };
      for (const options of [{ blocks }, { blocks, mean }]) {
        const expected = prepareOneByOne(vectors, options);
        prepareRows(vectors, options);
        t.true(data.every((value, i) => Object.is(value, expected[i])));
      }
    });

test("blocks are centred and made unit length each for itself, then weighed", (t) => {
  // (3, 4 | 2) less (0, 0 | 1) is (3, 4 | 1): lengths 5 and 1, weights 0.64 and 0.36.
  const data = Float32Array.of(3, 4, 2);
  const blocks = [
    { dimensions: 2, weight: 0.64 },
    { dimensions: 1, weight: 0.36 },
  ];
  prepareRows({ rows: 1, dimensions: 3, data }, { mean: [0, 0, 1], blocks });
  const expected = [0.8 * 0.6, 0.8 * 0.8, 0.6];
  t.true(data.every((value, i) => Math.abs(value - expected[i]) < 1e-6));
});

test("a row of which one block is zeros lives on the other", (t) => {
  const data = Float32Array.of(0, 0, 5);
  const blocks = [
    { dimensions: 2, weight: 0.5 },
    { dimensions: 1, weight: 0.5 },
  ];
  prepareRows({ rows: 1, dimensions: 3, data }, { mean: [1, 1, 1], blocks });
  t.deepEqual([...data], [0, 0, 1]);
});

test("each block has the mean of the rows in which it is not zero", async (t) => {
  const data = Float32Array.of(1, 2, 5, 0, 0, 7, 3, 4, 0);
  const matrix = { rows: 3, read: async (start: number, end: number) => data.slice(3 * start, 3 * end) };
  t.deepEqual(await meanOfRows(matrix, 3, [{ dimensions: 2 }, { dimensions: 1 }]), [2, 3, 6]);
  t.deepEqual(await meanOfRows(matrix, 3), [4 / 3, 2, 4]);
});

test("dropZeroRows moves the other rows together and tells which they were", (t) => {
  const data = Float32Array.of(0, 0, 1, 2, 0, 0, 0, -3);
  const { vectors, rowNumbers } = dropZeroRows({ rows: 4, dimensions: 2, data });
  t.deepEqual([...vectors.read(0, 2)], [1, 2, 0, -3]);
  t.is(vectors.rows, 2);
  t.deepEqual([...rowNumbers], [1, 3]);
});

test("passZeroRows gives the same rows without moving any", (t) => {
  const data = Float32Array.of(0, 0, 1, 2, 0, 0, 0, -3);
  const { vectors, rowNumbers } = passZeroRows(inMemory({ rows: 4, dimensions: 2, data }));
  t.deepEqual([...vectors.read(0, 2)], [1, 2, 0, -3]);
  t.deepEqual([...vectors.read(1, 2)], [0, -3]);
  t.deepEqual([...rowNumbers], [1, 3]);
  t.deepEqual([...data], [0, 0, 1, 2, 0, 0, 0, -3]);
});

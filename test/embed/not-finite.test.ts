import test from "ava";
import { zeroNotFinite } from "../../src/embed/embed.js";
import { roomForRows } from "../../src/runtime/rows/row-kernel.js";

const [ROWS, DIMENSIONS] = [40_000, 7];

for (const [where, data] of [
  ["in the kernel's memory", roomForRows(ROWS, DIMENSIONS)],
  ["elsewhere", new Float32Array(ROWS * DIMENSIONS)],
] as const)
  test(`of rows that lie ${where}, each that is not finite is told once and becomes zeros, and no other`, (t) => {
    data.fill(0.5);
    const bad = [0, 1, 2340, 2341, 9999, ROWS - 1];
    for (const [i, row] of bad.entries())
      data[row * DIMENSIONS + i] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][i % 3];
    data[2340 * DIMENSIONS + 6] = Number.NaN;
    const told: number[] = [];
    zeroNotFinite(data, DIMENSIONS, (row) => told.push(row));
    t.deepEqual(told, bad);
    t.true(data.every((value, i) => value === (bad.includes(Math.floor(i / DIMENSIONS)) ? 0 : 0.5)));
  });

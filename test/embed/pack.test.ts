import test from "ava";
import { packTable } from "../../src/embed/static/pack.js";
import { PackedTable } from "../../src/embed/static/packed-table.js";
import { fromFloat16 } from "../../src/store/arrays/float16.js";
import { randomUnitVectors } from "../random.js";

function unpack(values: Float32Array, dimensions: number): Float32Array {
  const { bytes, scales } = packTable(values);
  const table = new PackedTable(bytes, Float32Array.from(scales, fromFloat16), dimensions);
  const rows = values.length / dimensions;
  const sums = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) table.addRows([row], () => 1, sums.subarray(row * dimensions));
  return sums;
}

test("multiples of a power of two from −8 to 7 come back as they were, with the largest below zero or above", (t) => {
  const below = Float32Array.from({ length: 32 }, (_, i) => ((i % 16) - 8) / 4);
  const above = below.map((value) => 0 - value);
  t.deepEqual(unpack(below, 32), below);
  t.deepEqual(unpack(above, 32), above);
});

test("a block of zeros stays zeros beside another block of its row", (t) => {
  const values = new Float32Array(64);
  values.fill(-8, 32);
  t.deepEqual(unpack(values, 64), values);
});

test("evenly spread numbers lose no more than the rounding to sixteen steps", (t) => {
  const { data } = randomUnitVectors(50, 64, 3);
  const packed = unpack(data, 64);
  const error = Math.hypot(...packed.map((value, i) => value - data[i])) / Math.hypot(...data);
  // Numbers spread evenly over 16 steps are off by 1/√12 of a step: 1/8 · 1/√12 over 1/√3.
  t.true(error < (1 / 8 / Math.sqrt(12)) * Math.sqrt(3) * 1.2);
});

test("a row is added with its weight to what is there", (t) => {
  const table = new PackedTable(new Uint8Array(16).fill(0x9f), Float32Array.of(0.5), 32);
  const sums = new Float32Array(32).fill(10);
  table.addRows([0], () => 2, sums);
  // The low half of 0x9f is 15, less 8, times 0.5, twice: 7; the high half 9: 1.
  t.deepEqual([...sums.subarray(0, 2)], [17, 11]);
});

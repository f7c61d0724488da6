import test from "ava";
import { fromFloat16, fromFloat16s, toFloat16 } from "../../../src/store/arrays/float16.js";

/** Numbers and their bits, from the examples and the rules of IEEE 754-2008 for binary16. */
const table: [number: number, bits: number][] = [
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [1023 * 2 ** -24, 0x03ff],
  [1 + 2 ** -10, 0x3c01],
];

test("numbers that binary16 holds go there and back", (t) => {
  for (const [number, bits] of table) {
    t.is(toFloat16(number), bits, String(number));
    t.is(fromFloat16(bits), number, String(number));
  }
  t.is(fromFloat16(toFloat16(Number.NaN)), Number.NaN);
});

test("numbers between are rounded to the nearest, halves to the even one", (t) => {
  t.is(toFloat16(1 + 2 ** -11), 0x3c00);
  t.is(toFloat16(1 + 3 * 2 ** -11), 0x3c02);
  t.is(toFloat16(1 + 1.1 * 2 ** -11), 0x3c01);
  t.is(toFloat16(2.5 * 2 ** -24), 0x0002);
  t.is(toFloat16(65520), 0x7c00);
});

test("many halves are the numbers that each stands for", (t) => {
  const halves = Uint16Array.from({ length: 2 ** 16 }, (_, half) => half);
  t.deepEqual(fromFloat16s(halves), Float32Array.from(halves, fromFloat16));
});

import test from "ava";
import { roomForRows } from "../../src/runtime/rows/row-kernel.js";
import { Dots } from "../../src/search/dots.js";
import { dot } from "../../src/statistics/dot.js";
import { randomUnitVectors } from "../random.js";

const LYING = {
  "in the kernel's memory": (data: Float32Array, dimensions: number) => {
    const room = roomForRows(2 ** 20 / dimensions, dimensions);
    room.set(data, dimensions);
    return room.subarray(dimensions, dimensions + data.length);
  },
  elsewhere: (data: Float32Array) => data,
};

for (const [where, lay] of Object.entries(LYING))
  for (const dimensions of [3, 4, 7, 384])
    test(`products of a row with others that lie ${where} are those of dot, bit for bit: ${dimensions} dimensions`, (t) => {
      const { data } = randomUnitVectors(9, dimensions, 5);
      const dots = new Dots({ data: lay(data, dimensions), dimensions });
      // More than are multiplied at once, and no whole number of lanes.
      const others = Uint32Array.from({ length: 133 }, (_, i) => (i * 5) % 9);
      const products = new Float32Array(133);
      for (const row of [1, 6]) {
        dots.of({ data, dimensions }, row, others, products);
        const expected = [...others].map((other) =>
          Math.fround(dot({ data, dimensions }, row, { data }, other)),
        );
        t.deepEqual([...products], expected);
      }
    });

test("products are summed as four sums of every fourth number", (t) => {
  // In one sum, from the left, 1 would be lost beside 2 ** 60 and the product be 1.
  const data = Float32Array.of(2 ** 30, 1, 0, 0, -(2 ** 30), 1, 0, 0, 2 ** 30, 1, 0, 0, 2 ** 30, 1, 0, 0);
  const block = { data, dimensions: 8 };
  const products = new Float32Array(1);
  new Dots(block).of(block, 0, Uint32Array.of(1), products);
  t.deepEqual([...products], [2]);
});

import test from "ava";
import { Dots } from "../../src/search/dots.js";
import { dot } from "../../src/statistics/dot.js";
import { randomUnitVectors } from "../random.js";

for (const dimensions of [3, 4, 7, 384]) {
  test(`products of a row with others are those of dot, bit for bit: ${dimensions} dimensions`, (t) => {
    const { data } = randomUnitVectors(9, dimensions, 5);
    const dots = Dots.open(dimensions, 5);
    const others = [8, 0, 4, 4, 2];
    for (const row of [1, 6]) {
      dots.from(data, row);
      for (const [place, other] of others.entries()) dots.to(data, other, place);
      const expected = others.map((other) => Math.fround(dot({ data, dimensions }, row, { data }, other)));
      t.deepEqual([...dots.products(5)], expected);
      t.deepEqual([...dots.products(2)].slice(0, 2), expected.slice(0, 2));
    }
  });
}

test("products are summed as four sums of every fourth number", (t) => {
  // In one sum, from the left, 1 would be lost beside 2 ** 60 and the product be 1.
  const data = Float32Array.of(2 ** 30, 1, 0, 0, -(2 ** 30), 1, 0, 0, 2 ** 30, 1, 0, 0, 2 ** 30, 1, 0, 0);
  const dots = Dots.open(8, 1);
  dots.from(data, 0);
  dots.to(data, 1, 0);
  t.deepEqual([...dots.products(1)], [2]);
});

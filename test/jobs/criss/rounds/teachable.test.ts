import test from "ava";
import { teachable } from "../../../../src/jobs/criss/rounds/teachable.js";
import { candidatesOf } from "../../../candidates.js";

const texts = (...all: string[]) => ({ length: all.length, get: (i: number) => all[i] });

/**
 * Three sources and three targets with k = 2; a rank of 0 is no neighbour.
 *
 * y0 is among the nearest of x0, x1 and x2, each source of at most two targets.
 */
const table = candidatesOf(
  [
    [0, 0, 0.9, 1, 1],
    [1, 0, 0.8, 2, 2],
    [1, 1, 0.7, 1, 1],
    [2, 0, 0.6, 2, 0],
    [2, 2, 0.5, 1, 1],
  ],
  { sources: 3, targets: 3, k: 2 },
);
const MUTUAL = Uint32Array.of(0, 2, 4);
const SIDES = {
  source: texts("ein Haus", "eine Mühle", "ein Turm"),
  target: texts("a house", "a mill", "a tower"),
};

test("a sentence that is among the nearest of more than so many others teaches nothing", (t) => {
  t.deepEqual(teachable(MUTUAL, table, { ...SIDES, hubLimit: 3 }), MUTUAL);
  t.deepEqual(teachable(MUTUAL, table, { ...SIDES, hubLimit: 2 }), Uint32Array.of(2, 4));
});

test("pairs that differ in digits and signs alone, or have no letters, teach nothing", (t) => {
  const sides = {
    source: texts("Windows 95 (beta)", "1918", "Der Turm"),
    target: texts("windows 98: BETA!", "1919", "The tower"),
  };
  t.deepEqual(teachable(MUTUAL, table, { ...sides, hubLimit: 9 }), Uint32Array.of(4));
});

import test from "ava";
import { OptionError } from "../../src/errors.js";
import { selectPairs } from "../../src/select/select.js";
import type { Retrieval } from "../../src/types/pairs.js";
import { candidatesOf } from "../candidates.js";

/**
 * Scores of three sources and three targets; a number in brackets is not among the target's own neighbours.
 *
 *        y0    y1    y2
 *   x0  0.9   0.8    –
 *   x1  0.85 (0.7)   –
 *   x2   –     –    0.3
 *
 * forward: x0–y0, x1–y0, x2–y2; backward: y0–x0, y1–x0, y2–x2.
 */
const table = candidatesOf(
  [
    [0, 0, 0.9, 1, 1],
    [0, 1, 0.8, 2, 1],
    [1, 0, 0.85, 1, 2],
    [1, 1, 0.7, 2, 0],
    [2, 2, 0.3, 1, 1],
  ],
  { sources: 3, targets: 3, k: 2 },
);
const scores = Float64Array.of(0.9, 0.8, 0.85, 0.7, 0.3);

const expected: Record<Retrieval, string[]> = {
  forward: ["x0–y0", "x1–y0", "x2–y2"],
  backward: ["x0–y0", "x0–y1", "x2–y2"],
  intersection: ["x0–y0", "x2–y2"],
  union: ["x0–y0", "x1–y0", "x0–y1", "x2–y2"],
  max: ["x0–y0", "x2–y2"],
  all: ["x0–y0", "x1–y0", "x0–y1", "x1–y1", "x2–y2"],
};

const names = (pairs: Uint32Array, from = table) =>
  Array.from(pairs, (pair) => `x${from.source[pair]}–y${from.target[pair]}`);

for (const [retrieval, pairs] of Object.entries(expected)) {
  test(`${retrieval} selects what its definition says, the best first`, (t) => {
    t.deepEqual(names(selectPairs(table, scores, { retrieval: retrieval as Retrieval }).pairs), pairs);
  });

  test(`the threshold holds in ${retrieval}`, (t) => {
    const { pairs: kept, belowThreshold } = selectPairs(table, scores, {
      retrieval: retrieval as Retrieval,
      threshold: 0.82,
    });
    t.deepEqual(
      names(kept),
      pairs.filter((pair) => ["x0–y0", "x1–y0"].includes(pair)),
    );
    t.is(belowThreshold, pairs.length - kept.length);
  });
}

test("a second choice gives a sentence that lost its best another candidate", (t) => {
  t.deepEqual(names(selectPairs(table, scores, { secondChoice: true }).pairs), ["x0–y0", "x1–y1", "x2–y2"]);
});

test("a second choice is refused outside of max", (t) => {
  t.throws(() => selectPairs(table, scores, { retrieval: "union", secondChoice: true }), {
    instanceOf: OptionError,
    message: 'secondChoice goes with retrieval: "max" only, not with union. Leave it out.',
  });
});

test("max uses each sentence once", (t) => {
  const { pairs } = selectPairs(table, scores);
  t.is(new Set(Array.from(pairs, (pair) => table.source[pair])).size, pairs.length);
  t.is(new Set(Array.from(pairs, (pair) => table.target[pair])).size, pairs.length);
});

test("a pair whose score equals the threshold is kept", (t) => {
  t.deepEqual(names(selectPairs(table, scores, { threshold: 0.9 }).pairs), ["x0–y0"]);
});

test("equal scores stand in the order of source, then target, and choose the lower index", (t) => {
  const ties = candidatesOf(
    [
      [0, 1, 0.5, 2, 1],
      [0, 2, 0.5, 1, 1],
      [1, 0, 0.5, 1, 1],
      [1, 1, 0.5, 2, 2],
    ],
    { sources: 2, targets: 3, k: 2 },
  );
  const same = new Float64Array(4).fill(1);
  t.deepEqual(names(selectPairs(ties, same, { retrieval: "union" }).pairs, ties), [
    "x0–y1",
    "x0–y2",
    "x1–y0",
  ]);
  t.deepEqual(names(selectPairs(ties, same, { retrieval: "forward" }).pairs, ties), ["x0–y1", "x1–y0"]);
});

test("a dropped candidate is never chosen", (t) => {
  const dropped = Float64Array.of(Number.NaN, 0.8, 0.85, 0.7, Number.NaN);
  for (const retrieval of Object.keys(expected) as Retrieval[]) {
    const { pairs } = selectPairs(table, dropped, { retrieval });
    t.false(
      [...pairs].some((pair) => Number.isNaN(dropped[pair])),
      retrieval,
    );
  }
  t.deepEqual(names(selectPairs(table, dropped, { secondChoice: true }).pairs), ["x1–y0", "x0–y1"]);
});

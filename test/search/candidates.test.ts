import test from "ava";
import { joinNeighbours } from "../../src/search/candidates.js";
import { NO_NEIGHBOUR } from "../../src/types/neighbours.js";

test("joinNeighbours gives each pair once, by source, then target, with its rank in both directions", (t) => {
  // x0: y1 y0; x1: y1. y0: x0; y1: x1 x0.
  const forward = {
    rows: 2,
    k: 2,
    indices: Uint32Array.of(1, 0, 1, NO_NEIGHBOUR),
    cosines: Float32Array.of(0.5, 0.25, 0.75, 0),
  };
  const backward = {
    rows: 2,
    k: 2,
    indices: Uint32Array.of(0, NO_NEIGHBOUR, 1, 0),
    cosines: Float32Array.of(0.25, 0, 0.75, 0.5),
  };
  // Rows 0 and 1 are the sentences 0 and 3 of the source, 2 and 5 of the target.
  const rows = { source: Uint32Array.of(0, 3), target: Uint32Array.of(2, 5) };
  const joined = joinNeighbours({ forward, backward }, rows, { source: 4, target: 6 });
  const table = Array.from({ length: joined.length }, (_, i) => [
    joined.source[i],
    joined.target[i],
    joined.cosine[i],
    joined.forwardRank[i],
    joined.backwardRank[i],
  ]);
  t.deepEqual(table, [
    [0, 2, 0.25, 2, 1],
    [0, 5, 0.5, 1, 2],
    [3, 5, 0.75, 1, 1],
  ]);
});

test("joinNeighbours keeps a pair that only one direction found", (t) => {
  const nothing = { rows: 1, k: 1, indices: Uint32Array.of(NO_NEIGHBOUR), cosines: Float32Array.of(0) };
  const something = { rows: 1, k: 1, indices: Uint32Array.of(0), cosines: Float32Array.of(0.5) };
  const rows = { source: Uint32Array.of(0), target: Uint32Array.of(0) };
  const joined = joinNeighbours({ forward: nothing, backward: something }, rows, { source: 1, target: 1 });
  t.deepEqual([joined.length, joined.forwardRank[0], joined.backwardRank[0]], [1, 0, 1]);
});

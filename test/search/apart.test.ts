import test from "ava";
import { trainCentroids } from "../../src/search/centroids.js";
import { inMemory } from "../../src/search/in-memory.js";
import { searchIvf } from "../../src/search/ivf.js";
import type { Vectors } from "../../src/types/vectors.js";
import { randomUnitVectors } from "../random.js";

const ROWS = 600;
const DIMENSIONS = 24;

/** A unit vector for each row: what it means, and twice what its whole side has in common. */
function withinSide(meaning: Vectors, common: Float32Array): Vectors {
  const data = meaning.data.map((value, i) => value + 2 * common[i % DIMENSIONS]);
  for (let row = 0; row < ROWS; row++) {
    const vector = data.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
    const length = Math.hypot(...vector);
    for (let i = 0; i < DIMENSIONS; i++) vector[i] /= length;
  }
  return { ...meaning, data };
}

test("lists hold translations together where each side's vectors lie far from the other's", async (t) => {
  const meaning = randomUnitVectors(ROWS, DIMENSIONS, 1);
  const { data: common } = randomUnitVectors(2, DIMENSIONS, 2);
  const source = inMemory(withinSide(meaning, common.subarray(0, DIMENSIONS)));
  const target = inMemory(withinSide(meaning, common.subarray(DIMENSIONS)));
  const centroids = await trainCentroids(source, target, { lists: 40 });
  const { forward, backward } = await searchIvf(source, target, { centroids, probes: 1, k: 8 });
  for (const { k, indices } of [forward, backward]) {
    const found = Array.from({ length: ROWS }, (_, row) =>
      indices.subarray(row * k, (row + 1) * k).includes(row),
    );
    t.true(found.filter(Boolean).length >= 0.95 * ROWS);
  }
});

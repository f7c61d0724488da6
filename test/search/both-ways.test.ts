import test from "ava";
import type { SearchBothWays } from "../../src/search/both-ways.js";
import { searchExact } from "../../src/search/exact.js";
import { rescore } from "../../src/search/rescore.js";
import type { Neighbours, Vectors } from "../../src/types.js";
import { NO_NEIGHBOUR } from "../../src/types.js";
import { randomUnitVectors } from "../random.js";

const indexes: Record<string, SearchBothWays> = { exact: searchExact };

/** The k nearest by the definition: every cosine in float64, sorted. */
function nearestByDefinition(rows: Vectors, others: Vectors, k: number): number[][] {
  return Array.from({ length: rows.rows }, (_, row) => {
    const cosines = Array.from({ length: others.rows }, (_, other) => {
      let sum = 0;
      for (let i = 0; i < rows.dimensions; i++) {
        sum += rows.data[row * rows.dimensions + i] * others.data[other * others.dimensions + i];
      }
      return { other, cosine: sum };
    });
    cosines.sort((a, b) => b.cosine - a.cosine || a.other - b.other);
    return cosines.slice(0, k).map(({ other }) => other);
  });
}

function listsOf({ rows, k, indices }: Neighbours): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    [...indices.subarray(row * k, (row + 1) * k)].filter((index) => index !== NO_NEIGHBOUR),
  );
}

for (const [name, search] of Object.entries(indexes)) {
  test(`${name} finds what the definition finds, both ways, over several blocks`, async (t) => {
    // One more than a block of sources, and than a block of targets.
    const source = randomUnitVectors(1025, 24, 1);
    const target = randomUnitVectors(4097, 24, 2);
    const { forward, backward } = await search(source, target, { k: 8 });
    t.deepEqual(listsOf(rescore(forward, source, target, 4)), nearestByDefinition(source, target, 4));
    t.deepEqual(listsOf(rescore(backward, target, source, 4)), nearestByDefinition(target, source, 4));
  });

  test(`${name} gives no more neighbours than the other side has`, async (t) => {
    const source = randomUnitVectors(3, 8, 3);
    const target = randomUnitVectors(2, 8, 4);
    const { forward, backward } = await search(source, target, { k: 8 });
    t.deepEqual(
      listsOf(forward).map((list) => list.length),
      [2, 2, 2],
    );
    t.deepEqual(
      listsOf(backward).map((list) => list.length),
      [3, 3],
    );
  });

  test(`${name} stops when its signal aborts`, async (t) => {
    const vectors = randomUnitVectors(10, 8, 5);
    const signal = AbortSignal.abort(new Error("enough"));
    await t.throwsAsync(search(vectors, vectors, { k: 1, signal }), { message: "enough" });
  });
}

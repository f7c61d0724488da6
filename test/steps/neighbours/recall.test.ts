import test from "ava";
import type { JobEvent } from "../../../src/events.js";
import { inMemory } from "../../../src/search/in-memory.js";
import { sampleRecall } from "../../../src/search/sample-recall.js";
import { checkIndexOptions } from "../../../src/steps/neighbours/indexes/check-index.js";
import { tellRecall } from "../../../src/steps/neighbours/tell-recall.js";
import { type Neighbours, NO_NEIGHBOUR } from "../../../src/types/neighbours.js";

/** Unit vectors on a circle, two degrees apart: the nearest of a row are itself and those beside it. */
const ROWS = 60;
const circle = inMemory({
  rows: ROWS,
  dimensions: 2,
  data: Float32Array.from({ length: 2 * ROWS }, (_, i) => {
    const angle = (Math.floor(i / 2) * 2 * Math.PI) / 180;
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  }),
});

/** Of each row itself, and nothing else. */
const itself: Neighbours = {
  rows: ROWS,
  k: 2,
  indices: Uint32Array.from({ length: 2 * ROWS }, (_, i) => (i % 2 === 0 ? NO_NEIGHBOUR : Math.floor(i / 2))),
  cosines: new Float32Array(2 * ROWS),
};

test("the recall of a sample is the share of the true neighbours that were found, in any order", async (t) => {
  t.deepEqual(await sampleRecall(itself, circle, circle, { sample: 20, k: 1 }), { rows: 20, recall: 1 });
  t.deepEqual(await sampleRecall(itself, circle, circle, { sample: 20, k: 2 }), { rows: 20, recall: 0.5 });
  t.is((await sampleRecall(itself, circle, circle, { sample: 1000, k: 4 })).rows, ROWS);
});

test("what a sample found is told, as a warning where it is less than was asked for", async (t) => {
  const told: JobEvent[] = [];
  const side = { vectors: circle, rowNumbers: new Uint32Array(ROWS) };
  const tell = (recall?: number) =>
    tellRecall(
      { forward: itself, backward: itself },
      { source: side, target: side },
      { recall, k: 2, onEvent: (event) => told.push(event) },
    );
  await tell();
  await tell(0.5);
  await tell(0.98);
  t.deepEqual(
    told.map(({ kind }) => kind),
    ["note", "note", "warning"],
  );
});

for (const [options, message] of [
  [{ recall: 1 }, /recall is 1; expected a share of the neighbours above 0 and below 1/],
  [{ recall: 0.9, index: "exact" }, /only .*ivf.* can be told how much to find; the index is exact/],
  [{ recall: 0.9, searchEffort: 8 }, /recall says what searchEffort should reach/],
] as const)
  test(`a recall is refused: ${JSON.stringify(options)}`, (t) => {
    t.throws(() => checkIndexOptions(options), { message });
  });

import { join } from "node:path";
import test from "ava";
import { OptionError } from "../../../src/errors.js";
import { findCentroids } from "../../../src/jobs/tiles/find-centroids.js";
import { planTile } from "../../../src/jobs/tiles/plan-tile.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import type { SearchTileOptions } from "../../../src/jobs/tiles/tile-options.js";
import type { Engine } from "../../../src/steps/neighbours/indexes/choose-engine.js";
import type { SearchSize } from "../../../src/steps/neighbours/indexes/search-costs.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { embedCorpus } from "./corpus.js";

const size = { source: 3200, target: 9000, dimensions: 8 };
const shards = { source: { number: 2, of: 2 }, target: { number: 1, of: 1 } };
const one = { shards, k: 4, threads: 1 };

/** The fewest bytes that are not refused. */
function leastOf(
  engine: Engine,
  whole: SearchSize,
  more: { lists?: number; searchEffort?: number } = {},
): number {
  let [refused, enough] = [1, 2 ** 40];
  while (enough - refused > 1) {
    const memory = Math.floor((refused + enough) / 2);
    try {
      planTile(engine, whole, { ...one, ...more, memory });
      enough = memory;
    } catch {
      refused = memory;
    }
  }
  return enough;
}

const SETTINGS: [engine: Engine, options: SearchTileOptions][] = [
  [{ index: "exact", type: "float32" }, {}],
  [
    { index: "exact", type: "int8" },
    { searchType: "int8", centre: true, guard: "copies" },
  ],
  [
    { index: "ivf", type: "int8" },
    { index: "ivf", searchEffort: 3 },
  ],
];
for (const [engine, options] of SETTINGS)
  test(`a tile of little memory is the same as one that holds its vectors: ${engine.index}, ${engine.type}`, async (t) => {
    const corpus = await embedCorpus(temporaryFolder(t), size);
    const { searchEffort } = options;
    const memory = leastOf(engine, size, { searchEffort });
    t.false(planTile(engine, size, { ...one, memory, searchEffort })?.held);
    const search = async (name: string, limit?: number) => {
      const tile = join(corpus.folder, name);
      const limits = { threads: 1, memory: limit, sourceShard: shards.source };
      await searchTile(corpus.source, corpus.target, tile, { ...options, ...limits });
      return hashRunFiles(tile);
    };
    t.deepEqual(await search("short", memory), await search("held"));
  });

test("a memory too small for a tile is refused by the least that works, before anything is searched", async (t) => {
  const { source, target, folder } = await embedCorpus(temporaryFolder(t), { source: 60, target: 50 });
  const tile = join(folder, "tile");
  const error = await t.throwsAsync(searchTile(source, target, tile, { memory: 2 ** 20, threads: 1 }), {
    instanceOf: OptionError,
    message:
      /^memory is 1 MiB, too little to search \d+ × \d+ sentences by exact; the least that works is \d+ MiB\./,
  });
  const least = Number(/least that works is (\d+) MiB/.exec(error!.message)![1]);
  t.false((await searchTile(source, target, tile, { memory: least * 2 ** 20, threads: 1 })).kept);
});

test("a tile of a large search needs little more than a smaller one, but for what is known of each sentence", (t) => {
  const exact = { index: "exact", type: "float32" } as const;
  const tiled = (rows: number, of: number) => {
    const shards = { source: { number: 1, of }, target: { number: 1, of } };
    const large = { source: rows, target: rows, dimensions: 384 };
    return planTile(exact, large, { shards, k: 4, threads: 1, memory: 2 ** 42 })!.bytes;
  };
  // Shards of a million rows each: 48 bytes for each of the 18 million sentences more.
  t.true(Math.abs(tiled(10_000_000, 10) - tiled(1_000_000, 1) - 48 * 18_000_000) < 2 ** 23);
});

test("clusters that were found once take no room for a sample", async (t) => {
  const ivf = { index: "ivf", type: "int8" } as const;
  const whole = { source: 1_000_000, target: 1_000_000, dimensions: 384 };
  // 4000 lists, for each of which 32 rows of 384 bytes are drawn.
  t.is(leastOf(ivf, whole) - leastOf(ivf, whole, { lists: 4000 }), 4000 * 32 * 384);
  const { folder, source, target } = await embedCorpus(temporaryFolder(t), { source: 60, target: 50 });
  const centroids = join(folder, "centroids");
  const { lists } = await findCentroids(source, target, centroids);
  const memory = leastOf(ivf, { source: 60, target: 50, dimensions: 8 }, { lists }) + 2 ** 20;
  const options = { centroids, memory, threads: 1, sourceShard: shards.source };
  await t.notThrowsAsync(searchTile(source, target, join(folder, "tile"), options));
});

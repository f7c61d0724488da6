/**
 * CPU seconds of a search cut into tiles beside the whole search, and peak memory of one tile of 8 × 8: distinct lines of parallel/ (English, and
 * all others) as vectors of the built-in encoder, by ivf with clusters that were found once, or by another index. The
 * merged run folders are compared byte for byte.
 *
 *   node dist/test/bench/tiles.js [--lines 100000] [--grid 4x2] [--index ivf] [--rounds 1] [--threads 1]
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { embedFile, findCentroids, mergeTiles, searchTile } from "../../src/index.js";
import type { IndexName } from "../../src/steps/neighbours/indexes/index-options.js";
import { hashRunFiles } from "../run-files.js";
import { describeMachine } from "./machine.js";
import { median } from "./median.js";
import { writeDistinctParallel } from "./parallel.js";
import { runMeasured } from "./run-measured.js";

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "100000" },
    grid: { type: "string", default: "4x2" },
    index: { type: "string", default: "ivf" },
    rounds: { type: "string", default: "1" },
    threads: { type: "string", default: "1" },
  },
});
const [sources, targets] = values.grid.split("x").map(Number);
const threads = Number(values.threads);
const index = values.index as IndexName;
const folder = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
const at = (name: string) => join(folder, name);

try {
  const texts = await writeDistinctParallel(Number(values.lines), folder);
  for (const side of ["source", "target"] as const) await embedFile(texts[side], at(`${side}.npy`));
  const sides = [at("source.npy"), at("target.npy")] as const;
  const seconds = { clusters: [] as number[], whole: [] as number[], tiles: [] as number[] };
  for (let round = 0; round < Number(values.rounds); round++) {
    const done = (name: string) => at(`${name}-${round}`);
    const clusters = () => findCentroids(...sides, done("centroids"), { threads });
    if (index === "ivf") seconds.clusters.push(await cpuSeconds(clusters));
    const options = { threads, ...(index === "ivf" ? { centroids: done("centroids") } : { index }) };
    // What was compiled for the first must not serve the second alone.
    if (round === 0)
      await searchTile(...sides, at("warm"), { ...options, sourceShard: { number: 1, of: 8 } });
    seconds.whole.push(await cpuSeconds(() => searchTile(...sides, done("whole"), options)));
    mkdirSync(done("tiles"));
    const tiles: string[] = [];
    seconds.tiles.push(
      await cpuSeconds(async () => {
        for (let x = 1; x <= sources; x++)
          for (let y = 1; y <= targets; y++) {
            const tile = join(done("tiles"), `${x}-${y}`);
            const shards = {
              sourceShard: { number: x, of: sources },
              targetShard: { number: y, of: targets },
            };
            await searchTile(...sides, tile, { ...options, ...shards });
            tiles.push(tile);
          }
      }),
    );
    await mergeTiles([done("whole")], done("merged-whole"));
    await mergeTiles(tiles, done("merged-tiles"));
    const [one, many] = [hashRunFiles(done("merged-whole")), hashRunFiles(done("merged-tiles"))];
    const isSame = JSON.stringify(one) === JSON.stringify(many);
    const ratio = seconds.tiles[round] / seconds.whole[round];
    const clustered = index === "ivf" ? `clusters ${seconds.clusters[round].toFixed(1)} s · ` : "";
    console.log(
      `${clustered}whole ${seconds.whole[round].toFixed(1)} s · ${sources} × ${targets} tiles ${seconds.tiles[round].toFixed(1)} s · ratio ${ratio.toFixed(2)} · ${isSame ? "the same bytes" : "OTHER BYTES"}`,
    );
  }
  const ratio = median(seconds.tiles) / median(seconds.whole);
  console.log(
    `${describeMachine()} · ${values.lines} lines a side, ${index}, ${threads} threads · CPU time of tiles to that of the whole search: ${ratio.toFixed(2)}`,
  );
  const peak = async (output: string, ...flags: string[]) => {
    const argv = ["search", ...sides, ...flags, "-o", at(output), "--quiet", "--threads", values.threads];
    return (await runMeasured([...argv, "--index", "exact", "--search-type", "int8"])).peakMib.toFixed(0);
  };
  const [whole, tile] = [
    await peak("peak-whole"),
    await peak("peak-tile", "--source-shard", "3/8", "--target-shard", "3/8"),
  ];
  console.log(`exact, int8: peak resident ${whole} MiB of the whole search, ${tile} MiB of a tile of 8 × 8`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** User and system time of all threads. */
async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

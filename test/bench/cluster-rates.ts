/**
 * What each step of the workflow for a cluster takes at two sizes with tiles of one size: processor time, start included,
 * peak memory, and bytes that it leaves. Distinct lines of parallel/ (English, and all others), the built-in encoder, each
 * step run as a user runs it.
 *
 *   node dist/test/bench/cluster-rates.js [--lines 20000,80000] [--tile 10000] [--index exact] [--threads 1] [--memory 4M]
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mergePartially, searchTile } from "../../src/index.js";
import { writeTextDump } from "../dump.js";
import { describeMachine } from "./machine.js";
import { writeDistinctParallel } from "./parallel.js";
import { runMeasured } from "./run-measured.js";

const LINES_A_PAGE = 20;
const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "20000,80000" },
    tile: { type: "string", default: "10000" },
    index: { type: "string", default: "exact" },
    threads: { type: "string", default: "1" },
    memory: { type: "string", default: "4M" },
  },
});
const root = mkdtempSync(join(tmpdir(), "crisscross-bench-"));
console.log(
  `${describeMachine()} · ${values.index}, tiles of ${values.tile} lines a side, ${values.threads} threads, --memory ${values.memory} of merge and select`,
);
try {
  for (const lines of values.lines.split(",").map(Number)) await measure(lines);
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function measure(lines: number): Promise<void> {
  const folder = join(root, `${lines}`);
  mkdirSync(folder);
  const at = (...names: string[]) => join(folder, ...names);
  const shards = Math.ceil(lines / Number(values.tile));
  const texts = await writeDistinctParallel(lines, folder);
  for (const name of ["source", "target", "tiles", "rows"]) mkdirSync(at(name));
  const show = async (step: string, output: string, ...argv: string[]) => {
    const { peakMib, cpuSeconds, code } = await runMeasured([...argv, "-o", output, "--quiet"]);
    if (code !== 0) throw new Error(`${step} failed`);
    console.log(
      `${lines} lines · ${step}: ${cpuSeconds.toFixed(1)} s of processor time, peak ${peakMib.toFixed(0)} MiB, ${sizeOf(output)} bytes`,
    );
  };
  const threads = ["--threads", values.threads];
  await writeEnglishDump(texts.target, at("dump.warc.wet.gz"));
  const extract = ["extract", at("dump.warc.wet.gz"), "--languages", "en", ...threads];
  await show("extract", at("dumps"), ...extract);
  await show("deduplicate", at("texts"), ...extract, "--reuse", at("dumps"), "--clean");
  for (const side of ["source", "target"] as const)
    for (let part = 1; part <= shards; part++) {
      const output = at(side, `${part}.npy`);
      const argv = ["embed", texts[side], "--part", `${part}/${shards}`, ...threads];
      if (part === 1) await show(`embed, a part of the ${side}`, output, ...argv);
      else await runMeasured([...argv, "-o", output, "--quiet"]);
    }
  const sides = [at("source"), at("target")] as const;
  const clustered = values.index === "ivf";
  if (clustered) await show("centroids", at("centroids"), "centroids", ...sides, ...threads);
  const how = clustered ? ["--centroids", at("centroids")] : ["--index", "exact", "--search-type", "int8"];
  const tile = ["--source-shard", `1/${shards}`, "--target-shard", `1/${shards}`];
  await show("search, a tile", at("tiles", "1-1"), "search", ...sides, ...how, ...tile, ...threads);
  const rows: string[] = [];
  for (let row = 1; row <= shards; row++) {
    const tiles: string[] = [];
    for (let column = 1; column <= shards; column++) {
      tiles.push(at("tiles", `${row}-${column}`));
      await searchTile(...sides, tiles.at(-1)!, {
        ...(clustered ? { centroids: at("centroids") } : { index: "exact", searchType: "int8" }),
        sourceShard: { number: row, of: shards },
        targetShard: { number: column, of: shards },
        threads: Number(values.threads),
      });
    }
    rows.push(at("rows", `${row}`));
    if (row === 1) await show("merge --partial, a row of tiles", rows[0], "merge", "--partial", ...tiles);
    else await mergePartially(tiles, rows.at(-1)!);
  }
  const memory = ["--memory", values.memory];
  await show("merge", at("run"), "merge", ...rows, ...memory);
  await show("select", at("pairs.tsv.gz"), "select", at("run"), "--threshold", "1.1", ...memory);
}

/** A WET file of pages of some lines each. */
async function writeEnglishDump(text: string, path: string): Promise<void> {
  const lines = readFileSync(text, "utf8").trimEnd().split("\n");
  const pages = Array.from({ length: Math.ceil(lines.length / LINES_A_PAGE) }, (_, id) => ({
    url: `https://example.org/${id}`,
    id,
    text: lines.slice(id * LINES_A_PAGE, (id + 1) * LINES_A_PAGE).join("\n"),
  }));
  writeFileSync(path, writeTextDump(pages));
}

/** Bytes of a file, or of all files of a folder. */
function sizeOf(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import { mine } from "../../../src/jobs/mine.js";
import { findCentroids } from "../../../src/jobs/tiles/find-centroids.js";
import { mergeTiles } from "../../../src/jobs/tiles/merge-tiles.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import type { SearchTileOptions } from "../../../src/jobs/tiles/tile-options.js";
import { flipBit } from "../../flip-bit.js";
import { randomNumbers } from "../../random.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";
import { embedCorpus, searchGrid } from "./corpus.js";

const small = { source: 60, target: 50 };

test("tiles with the clusters that were found once give the files of one search with them", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), { source: 3200, target: 9000 });
  const at = (name: string) => join(corpus.folder, name);
  const { lists, sample, kept } = await findCentroids(corpus.source, corpus.target, at("centroids"), {
    centre: true,
  });
  // Three letters of eight in any order have 120 kinds of vectors, of which one, hhh, is zeros.
  t.deepEqual({ lists, sample, kept }, { lists: 2 * 119, sample: 2 * 119, kept: false });
  const options = { centre: true, centroids: at("centroids"), searchEffort: 3 };
  const [[whole]] = await searchGrid(corpus, { source: 1, target: 1 }, options);
  await mergeTiles([whole], at("whole"));
  await mergeTiles((await searchGrid(corpus, { source: 3, target: 2 }, options)).flat(), at("tiles"));
  t.deepEqual(hashRunFiles(at("tiles")), hashRunFiles(at("whole")));
});

test("without equal vectors they are the clusters of mine, and a run keeps them as they are", async (t) => {
  const folder = temporaryFolder(t);
  const random = randomNumbers(1);
  const letters = () =>
    Array.from({ length: 12 }, () => "abcdefghijklmnop"[Math.floor(16 * random())]).join("");
  for (const name of ["source", "target"]) {
    const lines = [...new Set(Array.from({ length: 300 }, () => [...letters()].sort().join("")))];
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    await embedFile(join(folder, name), join(folder, `${name}.npy`), { encoder: letterEncoder() });
  }
  const sides = [join(folder, "source.npy"), join(folder, "target.npy")] as const;
  const [run, centroids] = [join(folder, "run"), join(folder, "centroids")];
  for await (const _ of mine(...sides, { run, index: "ivf" }));
  const first = await findCentroids(...sides, centroids);
  t.false(first.kept);
  t.deepEqual(await findCentroids(...sides, centroids), { ...first, kept: true });
  t.deepEqual(readFileSync(join(centroids, "centroids.npy")), readFileSync(join(run, "centroids.npy")));
});

test("tiles with other clusters, or none, are not of one search", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const at = (name: string) => join(corpus.folder, name);
  await findCentroids(corpus.source, corpus.target, at("all"));
  await findCentroids(corpus.source, corpus.target, at("some"), { sample: 20 });
  const search = async (name: string, number: number, options: SearchTileOptions) => {
    const sourceShard = { number, of: 2 };
    await searchTile(corpus.source, corpus.target, at(name), { ...options, sourceShard });
    return at(name);
  };
  const first = await search("first", 1, { centroids: at("all") });
  for (const [options, message] of [
    [
      { centroids: at("some") },
      /: centroids is [0-9a-f]{16}, there [0-9a-f]{16}\. Merge the tiles of one search/,
    ],
    [{ index: "ivf" }, /: centroids is not given, there [0-9a-f]{16}\./],
  ] as const)
    await t.throwsAsync(mergeTiles([first, await search("second", 2, options)], at("run")), {
      instanceOf: InputError,
      message,
    });
});

test("clusters of other vectors, that are damaged, or that nothing uses are refused", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const at = (name: string) => join(corpus.folder, name);
  const centroids = at("centroids");
  await findCentroids(corpus.source, corpus.target, centroids);
  const search = (options: SearchTileOptions, source = corpus.source) =>
    searchTile(source, corpus.target, at("tile"), { centroids, ...options });
  await t.throwsAsync(search({}, corpus.target), {
    instanceOf: InputError,
    message:
      /centroids: holds centroids of other vectors: source vectors: text is .*\. Make some of these with/,
  });
  await t.throwsAsync(search({ centre: true }), { message: /of other vectors: centre is true, there false/ });
  await t.throwsAsync(search({ index: "exact" }), {
    instanceOf: OptionError,
    message: /centroids is given, but index: "exact" has no clusters\. Leave it out, or choose index: "ivf"/,
  });
  await t.throwsAsync(search({ centroids: corpus.folder }), { message: /holds no centroids\. Make them/ });
  await t.throwsAsync(findCentroids(corpus.source, corpus.target, centroids, { sample: 1e6 }), {
    instanceOf: OptionError,
    message: /sample is 1000000; expected at most \d+, 32 for each of \d+ clusters/,
  });
  flipBit(join(centroids, "centroids.npy"), 2000);
  await t.throwsAsync(search({}), {
    instanceOf: InputError,
    message: /centroids\.npy: is damaged: .* Make them again with crisscross centroids/,
  });
  t.false((await findCentroids(corpus.source, corpus.target, centroids)).kept);
  t.false((await search({})).kept);
  rmSync(join(centroids, "centroids.npy"));
  await t.throwsAsync(search({ k: 2 }), { message: /centroids\.npy: is missing/ });
});

test("other clusters take the place of those in a folder, which is told, but of no file of its user's", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), { source: 320, target: 900 });
  const centroids = join(corpus.folder, "centroids");
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "note" && notes.push(event.message);
  const find = (sample: number) =>
    findCentroids(corpus.source, corpus.target, centroids, { sample, onEvent });
  await find(200);
  const shards = { sourceShard: { number: 1, of: 3 }, targetShard: { number: 2, of: 2 } };
  await searchTile(corpus.source, corpus.target, join(corpus.folder, "tile"), { ...shards, centroids });
  t.true(readdirSync(centroids).some((name) => name.includes("-lists-")));
  await find(100);
  t.deepEqual(notes, ["takes the place of clusters: sample was 200 and is 100"]);
  writeFileSync(join(centroids, "note.txt"), "mine");
  const files = hashRunFiles(centroids);
  await t.throwsAsync(find(200), {
    instanceOf: OptionError,
    message: /centroids: holds clusters, but also note\.txt, which would be lost/,
  });
  t.true((await find(100)).kept);
  t.deepEqual(hashRunFiles(centroids), files);
});

test("which clusters a shard looks at is looked for once, and again if what was kept is damaged", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), { source: 3200, target: 9000 });
  const at = (name: string) => join(corpus.folder, name);
  await findCentroids(corpus.source, corpus.target, at("centroids"));
  const search = async (output: string) => {
    const shards = { sourceShard: { number: 1, of: 3 }, targetShard: { number: 2, of: 2 } };
    const options = { ...shards, centroids: at("centroids"), searchEffort: 3, threads: 1 };
    await searchTile(corpus.source, corpus.target, at(output), options);
    return hashRunFiles(at(output));
  };
  const kept = join(at("centroids"), "target-2-of-2-lists-3");
  const first = await search("first");
  const files = hashRunFiles(kept);
  t.deepEqual(await search("second"), first);
  flipBit(join(kept, "lists.npy"), 1500);
  t.notDeepEqual(hashRunFiles(kept), files);
  t.deepEqual(await search("third"), first);
  t.deepEqual(hashRunFiles(kept), files);
});

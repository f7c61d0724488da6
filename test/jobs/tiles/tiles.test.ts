import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import { mine } from "../../../src/jobs/mine.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import { sourcesAtOnce } from "../../../src/jobs/tiles/merge-lists.js";
import { mergePartially } from "../../../src/jobs/tiles/merge-partially.js";
import type { MergeTilesOptions } from "../../../src/jobs/tiles/merge-tiles.js";
import { mergeTiles } from "../../../src/jobs/tiles/merge-tiles.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import type { SearchTileOptions } from "../../../src/jobs/tiles/tile-options.js";
import { RunFolder } from "../../../src/store/run/run-folder.js";
import type { Encoder } from "../../../src/types/encoder.js";
import { flipBit } from "../../flip-bit.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { linesOf } from "../criss/loop.js";
import { letterEncoder } from "../letter-encoder.js";
import { type Corpus, embedCorpus, searchGrid } from "./corpus.js";

const small = { source: 60, target: 50 };

/** Searches so many shards of the source against all of the target, and gives the tiles, the last one first. */
async function searchAll(corpus: Corpus, of: number, options: SearchTileOptions = {}) {
  return (await searchGrid(corpus, { source: of, target: 1 }, options)).flat().reverse();
}

async function pairsOf(pairs: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const pair of pairs) all.push(pair);
  return all;
}

const medium = { source: 800, target: 600 };
/** Several blocks of either side, which are cut into shards elsewhere. */
const large = { source: 3200, target: 9000 };

const GRIDS = ["1×1", "4×1", "1×4", "4×4", "5×3"];

const SETTINGS: [how: string, options: SearchTileOptions, lines: typeof large, grids: string[]][] = [
  ["as they are", {}, large, ["1×1", "5×3"]],
  ["by rows of tiles", { threads: 1 }, large, ["4×1", "1×4"]],
  ["centred, copies guarded", { centre: true, guard: "copies", k: 3 }, large, ["4×4"]],
  ["as 8-bit numbers", { searchType: "int8" }, large, GRIDS],
  ["by an inverted file, some lists of many", { index: "ivf", searchEffort: 3 }, large, GRIDS],
];

for (const [how, options, lines, grids] of SETTINGS) {
  test(`${grids.join(" and ")} tiles, merged at once or in a tree, give the files of mine, ties and all: ${how}`, async (t) => {
    const corpus = await embedCorpus(temporaryFolder(t), lines);
    const mined = join(corpus.folder, "mined");
    const pairs = await pairsOf(mine(corpus.source, corpus.target, { ...options, run: mined, clean: true }));
    rmSync(join(mined, "stats.json"));
    for (const grid of grids) {
      const [source, target] = grid.split("×").map(Number);
      const tiles = await searchGrid(corpus, { source, target }, options);
      const [merged, tree] = [join(corpus.folder, `merged-${grid}`), join(corpus.folder, `tree-${grid}`)];
      await mergeTiles(tiles.flat().reverse(), merged);
      t.deepEqual(hashRunFiles(merged), hashRunFiles(mined), grid);
      t.deepEqual(await pairsOf(selectRun(merged)), pairs);
      await mergeTiles(await mergeTree(tiles, corpus.folder), tree, { memory: 2 ** 20 });
      t.deepEqual(hashRunFiles(tree), hashRunFiles(mined), `${grid} in a tree`);
    }
  });
}

/** Merges the first two rows of tiles, then the columns of all others, then what became of these. */
async function mergeTree(tiles: string[][], folder: string): Promise<string[]> {
  const merge = async (parts: string[]) => {
    const output = join(folder, `node-${parts.map((part) => basename(part)).join("+")}`.slice(0, 240));
    await mergePartially(parts, output);
    return output;
  };
  const top = await merge(tiles.slice(0, 2).flat());
  const rest: string[] = [];
  for (const y of tiles[0].keys()) {
    const column = tiles.slice(2).map((row) => row[y]);
    if (column.length > 0) rest.push(await merge(column));
  }
  return rest.length > 0 ? [await merge(rest), top] : [top];
}

test("tiles are searched where only the vectors and their descriptions are, and are the same", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), medium);
  const options = { centre: true, k: 3 };
  const mined = join(corpus.folder, "mined");
  await pairsOf(mine(corpus.source, corpus.target, { ...options, run: mined, clean: true }));
  rmSync(join(mined, "stats.json"));
  const elsewhere = temporaryFolder(t);
  for (const name of ["source.npy", "source.npy.json", "target.npy", "target.npy.json"])
    cpSync(join(corpus.folder, name), join(elsewhere, name));
  const alone = {
    folder: elsewhere,
    source: join(elsewhere, "source.npy"),
    target: join(elsewhere, "target.npy"),
  };
  const shards = await searchAll(alone, 2, options);
  const texts = { source: join(corpus.folder, "source.txt"), target: join(corpus.folder, "target.txt") };
  const merged = join(elsewhere, "merged");
  await t.throwsAsync(mergeTiles(shards, merged), { message: /the source's text is no longer there/ });
  await mergeTiles(shards, merged, texts);
  t.deepEqual(hashRunFiles(merged), hashRunFiles(mined));

  // What only a text tells is asked of the text, which may be given.
  const shard = join(elsewhere, "shard");
  for (const option of [{ guard: "copies" }, { minCharacters: 2 }] as const) {
    await t.throwsAsync(searchTile(alone.source, alone.target, shard, option), {
      instanceOf: InputError,
      message:
        /source\.txt: the text that .*source\.npy was embedded from is gone, which (guard|minCharacters) needs\. Say where it is with sourceText/,
    });
    const given = { ...option, sourceText: texts.source, targetText: texts.target };
    t.false((await searchTile(alone.source, alone.target, shard, given)).kept);
  }
  await t.throwsAsync(
    searchTile(alone.source, alone.target, shard, { sourceText: texts.target, targetText: texts.target }),
    { instanceOf: InputError, message: /target\.txt: is not the text that .*source\.npy was embedded from/ },
  );

  const { checksum: _, ...info } = JSON.parse(readFileSync(`${alone.source}.json`, "utf8"));
  for (const lines of ["AAAA", info.sentences.lines.slice(0, 40), 7]) {
    writeFileSync(
      `${alone.source}.json`,
      JSON.stringify({ ...info, sentences: { ...info.sentences, lines } }),
    );
    await t.throwsAsync(searchTile(alone.source, alone.target, shard), { instanceOf: InputError });
  }
  // An earlier version noted nothing of the lines.
  writeFileSync(`${alone.source}.json`, JSON.stringify({ ...info, sentences: undefined }));
  await t.throwsAsync(searchTile(alone.source, alone.target, shard), {
    message: /the text that .* was embedded from is gone\. Say where it is with sourceText/,
  });
});

test("mine goes on with what was merged, and searches nothing again", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const run = join(corpus.folder, "run");
  await mergeTiles(await searchAll(corpus, 2), run);
  const stages: string[] = [];
  const mined = mine(corpus.source, corpus.target, {
    run,
    onEvent: (event) => event.kind === "stage" && stages.push(`${event.what} ${event.stage}`),
  });
  t.deepEqual(await pairsOf(mined), await pairsOf(selectRun(run)));
  t.deepEqual(stages, ["kept source", "kept target", "kept candidates"]);
});

test("what was merged into a run that had collapsed near-duplicates has none", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const [run, mined] = [join(corpus.folder, "run"), join(corpus.folder, "mined")];
  await pairsOf(mine(corpus.source, corpus.target, { run, collapseNearDuplicates: 0.9 }));
  const pairs = await pairsOf(mine(corpus.source, corpus.target, { run: mined }));
  await mergeTiles(await searchAll(corpus, 2), run);
  t.deepEqual(await pairsOf(selectRun(run)), pairs);
  // A merge chooses no pairs, so it counts none.
  const { "stats.json": _, ...files } = hashRunFiles(mined);
  t.deepEqual(Object.keys(hashRunFiles(run)), Object.keys(files));
});

test("a tile that was written before is kept; one of another search is written anew", async (t) => {
  const { folder, source, target } = await embedCorpus(temporaryFolder(t), small);
  const shard = join(folder, "shard");
  t.false((await searchTile(source, target, shard)).kept);
  const files = hashRunFiles(shard);
  t.true((await searchTile(source, target, shard)).kept);
  t.deepEqual(hashRunFiles(shard), files);
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "note" && notes.push(event.message);
  t.false((await searchTile(source, target, shard, { k: 2, onEvent })).kept);
  t.deepEqual(notes, ["takes the place of a tile: candidates: k was 4 and is 2"]);
  t.notDeepEqual(hashRunFiles(shard), files);
});

test("a file that lies in a tile's folder is not lost with the tile", async (t) => {
  const { folder, source, target } = await embedCorpus(temporaryFolder(t), small);
  const [shard, merged] = [join(folder, "shard"), join(folder, "merged")];
  await searchTile(source, target, shard);
  await mergePartially([shard], merged);
  await searchTile(source, target, shard, { k: 2 });
  for (const tile of [shard, merged]) writeFileSync(join(tile, "note.txt"), "mine");
  const files = [hashRunFiles(shard), hashRunFiles(merged)];
  const refused = {
    instanceOf: OptionError,
    message: /holds a tile, but also note\.txt, which would be lost/,
  };
  await t.throwsAsync(searchTile(source, target, shard, { k: 3 }), refused);
  await t.throwsAsync(mergePartially([shard], merged), refused);
  t.true((await searchTile(source, target, shard, { k: 2 })).kept);
  t.deepEqual([hashRunFiles(shard), hashRunFiles(merged)], files);
});

test("a folder that holds something else is never written over", async (t) => {
  const { folder, source, target } = await embedCorpus(temporaryFolder(t), small);
  mkdirSync(join(folder, "letters"));
  writeFileSync(join(folder, "letters", "letter.txt"), "dear");
  await t.throwsAsync(searchTile(source, target, join(folder, "letters")), {
    instanceOf: InputError,
    message: /letters: is not a tile/,
  });
  t.is(readFileSync(join(folder, "letters", "letter.txt"), "utf8"), "dear");
});

test("a tile that was killed while it took the place of another is found again", async (t) => {
  const { folder, source, target } = await embedCorpus(temporaryFolder(t), small);
  const shard = join(folder, "shard");
  await searchTile(source, target, shard);
  const files = hashRunFiles(shard);
  cpSync(shard, join(folder, ".shard.new.part"), { recursive: true });
  mkdirSync(join(folder, ".shard.old.part"));
  renameSync(join(shard, "part.json"), join(folder, ".shard.old.part", "part.json"));
  await searchTile(source, target, shard);
  t.deepEqual(hashRunFiles(shard), files);
  t.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith(".")),
    [],
  );
});

const merge = (folder: string, shards: string[], options?: MergeTilesOptions) =>
  mergeTiles(shards, join(folder, "merged"), options);

test("merge names the tiles that are missing, and says how to search them", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const [[one, two], [three]] = await searchGrid(corpus, { source: 2, target: 2 });
  const refused = (tiles: string[], message: RegExp) =>
    t.throwsAsync(merge(corpus.folder, tiles), { instanceOf: InputError, message });
  await refused(
    [three, one, two],
    /tile 2\/2 × 2\/2 of the same search is missing\. Search it with sourceShard: "2\/2" and targetShard: "2\/2"\.$/,
  );
  await refused(
    [two],
    /tiles 1\/2 × 1\/2, 2\/2 × 1\/2, 2\/2 × 2\/2 of .* are missing\. Search the first with/,
  );
});

test("a partial merge takes tiles that fill a rectangle, and gives the same whoever asks again", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const [[one, two], [three, four]] = await searchGrid(corpus, { source: 2, target: 3 });
  const output = join(corpus.folder, "part");
  await t.throwsAsync(mergePartially([one, four], output), {
    instanceOf: InputError,
    message:
      /tiles 1\/2 × 2\/3, 2\/2 × 1\/3 .* are missing in 1-2\/2 × 1-2\/3, which a partial merge has to fill\./,
  });
  await t.throwsAsync(mergePartially([one, two], two), {
    instanceOf: OptionError,
    message: /is one of the tiles\. Name another folder/,
  });
  const { tile, kept } = await mergePartially([four, one, two, three], output);
  t.deepEqual(tile, { source: { first: 1, last: 2, of: 2 }, target: { first: 1, last: 2, of: 3 } });
  t.false(kept);
  const files = hashRunFiles(output);
  t.true((await mergePartially([one, two, three, four], output)).kept);
  t.deepEqual(hashRunFiles(output), files);
  await t.throwsAsync(merge(corpus.folder, [output, two]), {
    instanceOf: InputError,
    message: /tile-1-2-of-2-3: has tile 1\/2 × 2\/3, and so has .*part\. Give each tile once/,
  });
  flipBit(join(output, "source.npy"), 1600);
  await t.throwsAsync(mergePartially([output], join(corpus.folder, "more")), {
    message: /source\.npy: is damaged: .* Merge the tiles of 1-2\/2 × 1-2\/3 into it again with partial\./,
  });
});

test("merge refuses a tile that is given twice", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const [second, first] = await searchAll(corpus, 2);
  const copy = join(corpus.folder, "copy");
  cpSync(first, copy, { recursive: true });
  await t.throwsAsync(merge(corpus.folder, [first, second, copy]), {
    instanceOf: InputError,
    message: new RegExp(`${copy}: is tile 1/2 × 1/1, and so is ${first}`),
  });
});

test("merge refuses tiles that were cut at other rows", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const [second, first] = await searchAll(corpus, 2);
  const path = join(second, "part.json");
  const { checksum: _, ...info } = JSON.parse(readFileSync(path, "utf8"));
  info.ranges.source.first = 1;
  writeFileSync(path, JSON.stringify(info));
  await t.throwsAsync(merge(corpus.folder, [first, second]), {
    instanceOf: InputError,
    message: /cuts the source at row 1 where .* cuts it at 0\. Search all tiles with one version/,
  });
});

test("merge refuses tiles of different searches, and says what differs", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const [second, first] = await searchAll(corpus, 2);
  const other = join(corpus.folder, "other");
  const sourceShard = { number: 2, of: 2 };
  const refused = async (options: SearchTileOptions, message: RegExp, target = corpus.target) => {
    await searchTile(corpus.source, target, other, { sourceShard, ...options });
    await t.throwsAsync(merge(corpus.folder, [first, other]), { instanceOf: InputError, message });
  };
  await refused({ k: 2 }, /other: is not of the same search as .*: k is 2, there 4\. Merge/);
  await refused({ centre: true }, /: centre is true, there false; .*mean is shrunk, there not given/);
  await refused({ guard: "copies" }, /: guard is copies, there not given\./);
  await refused({ searchType: "int8" }, /: search type is int8, there not given\./);
  await refused({ minCharacters: 4 }, /source: minCharacters is 4, there not given/);
  await refused({ sourceShard: { number: 2, of: 3 } }, /: shards of the source is 3, there 2\./);
  await refused({ targetShard: { number: 1, of: 2 } }, /: shards of the target is 2, there 1\./);
  const folder = join(corpus.folder, "more");
  mkdirSync(folder);
  const more = await embedCorpus(folder, { ...small, target: 51 });
  await refused(
    {},
    /target: input is [0-9a-f]{8}…, there [0-9a-f]{8}….*target vectors: file of vectors is/,
    more.target,
  );
  t.truthy(second);
});

test("merge says what is no tile, and that there is nothing to merge", async (t) => {
  await t.throwsAsync(merge(temporaryFolder(t), ["samples"]), {
    instanceOf: InputError,
    message: /samples: is not a tile/,
  });
  await t.throwsAsync(merge(temporaryFolder(t), []), { instanceOf: OptionError });
});

test("tiles and texts can be moved together; a text that went elsewhere is given, one that changed refused", async (t) => {
  const folder = temporaryFolder(t);
  const [here, there] = [join(folder, "here"), join(folder, "there")];
  mkdirSync(here);
  const corpus = await embedCorpus(here, small);
  await searchAll(corpus, 2);
  renameSync(here, there);
  const shards = [join(there, "tile-1-1-of-2-1"), join(there, "tile-2-1-of-2-1")];
  t.true((await merge(there, shards)).candidates > 0);

  const elsewhere = join(folder, "source.txt");
  renameSync(join(there, "source.txt"), elsewhere);
  await t.throwsAsync(merge(folder, shards), {
    instanceOf: InputError,
    message: /Say where it is with source/,
  });
  await merge(folder, shards, { source: elsewhere });
  t.deepEqual(hashRunFiles(join(folder, "merged")), hashRunFiles(join(there, "merged")));

  writeFileSync(elsewhere, "another text\n");
  await t.throwsAsync(merge(folder, shards, { source: elsewhere }), {
    instanceOf: InputError,
    message: /is not the text whose vectors .*tile-1-1-of-2-1 was searched with/,
  });
});

test("merge leaves the folder of a loop alone", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const shards = await searchAll(corpus, 1);
  const loop = await RunFolder.open(join(corpus.folder, "merged"), "criss");
  writeFileSync(join(loop.path, "languages.json"), "{}");
  await loop.close();
  await t.throwsAsync(merge(corpus.folder, shards), {
    instanceOf: InputError,
    message: /merged: is the folder of criss/,
  });
  t.deepEqual(readdirSync(loop.path).toSorted(), ["languages.json", "manifest.json"]);
});

test("texts are found where the folders of tiles, texts or both are links", async (t) => {
  const folder = temporaryFolder(t);
  const scratch = join(folder, "node", "scratch");
  mkdirSync(scratch, { recursive: true });
  await embedCorpus(scratch, small);
  const link = join(folder, "link");
  symlinkSync(scratch, link);
  const linked = { folder: link, source: join(link, "source.npy"), target: join(link, "target.npy") };
  const shards = await searchAll(linked, 2);
  t.true((await merge(folder, shards)).candidates > 0);
  rmSync(link);
  const moved = join(folder, "moved");
  renameSync(scratch, moved);
  const names = ["tile-1-1-of-2-1", "tile-2-1-of-2-1"].map((name) => join(moved, name));
  t.true((await merge(moved, names)).candidates > 0);
});

test("a tile that was cut short is named, and searched again", async (t) => {
  const corpus = await embedCorpus(temporaryFolder(t), small);
  const [second, first] = await searchAll(corpus, 2);
  const column = join(second, "backward.exact.npy");
  writeFileSync(column, readFileSync(column).subarray(0, 200));
  await t.throwsAsync(merge(corpus.folder, [first, second]), {
    instanceOf: InputError,
    message:
      /backward\.exact\.npy: is damaged: it has 200 bytes, .* Search this tile again, with sourceShard: "2\/2"/,
  });
  const again = { sourceShard: { number: 2, of: 2 } };
  t.false((await searchTile(corpus.source, corpus.target, second, again)).kept);
  rmSync(join(second, "source.npy"));
  t.false((await searchTile(corpus.source, corpus.target, second, again)).kept);
  t.true((await merge(corpus.folder, [first, second])).candidates > 0);
});

test("vectors of another space or size, and what is none, are refused", async (t) => {
  const { folder, source, target } = await embedCorpus(temporaryFolder(t), small);
  const embedAs = async (name: string, encoder: Encoder) => {
    await embedFile(join(folder, "target.txt"), join(folder, name), { encoder });
    return join(folder, name);
  };
  const search = (against: string) => searchTile(source, against, join(folder, "shard"));
  await t.throwsAsync(search(await embedAs("other.npy", letterEncoder(8, "letters"))), {
    instanceOf: OptionError,
    message: /are of blind, the target's of letters/,
  });
  await t.throwsAsync(search(await embedAs("wide.npy", letterEncoder(16, "blind"))), {
    instanceOf: OptionError,
    message: /have 8 dimensions, the target's 16/,
  });
  await t.throwsAsync(search(join(folder, "target.txt")), {
    instanceOf: OptionError,
    message: /is not a file of vectors/,
  });
  for (const index of ["hnsw", "usearch"] as const)
    await t.throwsAsync(searchTile(source, target, join(folder, "shard"), { index }), {
      instanceOf: OptionError,
      message: /builds a graph over a whole side/,
    });
});

test("merge names the least memory that it works with", async (t) => {
  await t.throwsAsync(mergeTiles(["tile"], join(temporaryFolder(t), "run"), { memory: 2 ** 20 - 1 }), {
    instanceOf: OptionError,
    message: "memory is 1048575 bytes; expected at least 1 MiB.",
  });
});

test("fewer sources are joined at once where more targets name each of them, and always one", (t) => {
  const most = sourcesAtOnce({ source: 5, target: 0 });
  t.is(sourcesAtOnce({ source: 10_000_000, target: 1_000_000 }), most);
  t.is(sourcesAtOnce({ source: 200_000, target: 20_000_000 }), Math.floor(most / 100));
  t.is(sourcesAtOnce({ source: 1, target: 10 * most }), 1);
});

test("one flipped bit in any file of a tile is refused by merge, and mended by search", async (t) => {
  const folder = temporaryFolder(t);
  const embed = async (language: string) => {
    const path = join(folder, language);
    writeFileSync(path, `${linesOf(`samples/town.${language}`).slice(0, 12).join("\n")}\n`);
    await embedFile(path, `${path}.npy`, { encoder: letterEncoder(4) });
    return `${path}.npy`;
  };
  const [source, target] = [await embed("de"), await embed("en")];
  const search = async (output: string) => {
    const told: string[] = [];
    const onEvent = (event: object) => "message" in event && told.push(String(event.message));
    const { kept } = await searchTile(source, target, output, { sourceShard: { number: 1, of: 2 }, onEvent });
    return { kept, told: told.filter((message) => message.startsWith("made again")) };
  };
  const [first, second] = [join(folder, "1"), join(folder, "2")];
  await search(first);
  await searchTile(source, target, second, { sourceShard: { number: 2, of: 2 } });
  t.deepEqual(await search(first), { kept: true, told: [] });
  const before = hashRunFiles(first);

  const copy = join(folder, "copy");
  for (const file of readdirSync(first)) {
    cpSync(first, copy, { recursive: true });
    const path = join(copy, file);
    flipBit(path, Math.floor(statSync(path).size / 2) * 8 + 2);
    await t.throwsAsync(mergeTiles([copy, second], join(folder, "run")), {
      instanceOf: InputError,
      message: new RegExp(`${file}: is damaged: .*[Ss]earch this tile again`),
    });
    if (file === "part.json") await t.throwsAsync(search(copy), { message: /part\.json: is damaged: / });
    else {
      const { kept, told } = await search(copy);
      t.deepEqual([kept, told.length], [false, 1], file);
      t.true(told[0].includes(file));
      t.deepEqual(hashRunFiles(copy), before);
    }
    rmSync(copy, { recursive: true });
  }
});

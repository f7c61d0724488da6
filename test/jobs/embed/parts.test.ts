import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import test from "ava";
import { RowSums } from "../../../src/embed/row-sums.js";
import { InputError, OptionError } from "../../../src/errors.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import type { EmbedFileOptions } from "../../../src/jobs/embed/options.js";
import { mine } from "../../../src/jobs/mine.js";
import { mergeTiles } from "../../../src/jobs/tiles/merge-tiles.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import { readNpy } from "../../../src/store/arrays/npy-file.js";
import { flipBit } from "../../flip-bit.js";
import { randomNumbers } from "../../random.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { letterEncoder } from "../letter-encoder.js";

/** Lines of three windows and a bit, some blank, many the same as one in an earlier window, some without a vector. */
function writeText(path: string, seed: number): string {
  const random = randomNumbers(seed);
  const letter = () => "abcdefgh"[Math.floor(8 * random())];
  const line = (i: number) =>
    i % 97 === 5 ? "" : `${i % 50 === 3 ? "h" : letter()}${letter()}${letter()}${letter()}`;
  writeFileSync(path, `${Array.from({ length: 6500 }, (_, i) => line(i)).join("\n")}\n`);
  return path;
}

/** The letters' encoder, which has no vector for what begins with h, and says where it is to be centred. */
function encoderOf(space = "letters-8") {
  const letters = letterEncoder(8, space);
  return {
    space,
    dimensions: 8,
    centre: true,
    encode: async (texts: readonly string[]) => {
      const vectors = await letters.encode(texts);
      for (const [row, text] of texts.entries())
        if (text.startsWith("h")) vectors.fill(0, row * 8, row * 8 + 8);
      return vectors;
    },
  };
}

async function embedParts(text: string, folder: string, of: number, options: EmbedFileOptions = {}) {
  mkdirSync(folder);
  const parts = Array.from({ length: of }, (_, i) => join(folder, `${i + 1}.npy`));
  for (const [i, path] of parts.entries())
    await embedFile(text, path, { encoder: encoderOf(), part: { number: i + 1, of }, ...options });
  return parts;
}

async function minedFiles(source: string, target: string, run: string) {
  for await (const _ of mine(source, target, { run, centre: true }));
  return hashRunFiles(run);
}

test("parts of a text have the rows of the whole, and are mined as one file is, in any order", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const [text, other] = [writeText(at("source.txt"), 1), writeText(at("target.txt"), 2)];
  for (const [path, output] of [
    [text, "source.npy"],
    [other, "target.npy"],
  ])
    await embedFile(path, at(output), { encoder: encoderOf() });
  const whole = [...readNpy(at("source.npy"))];
  const mined = await minedFiles(at("source.npy"), at("target.npy"), at("whole"));
  for (const of of [1, 3, 5]) {
    const parts = await embedParts(text, at(`source-${of}`), of);
    t.deepEqual(
      parts.flatMap((path) => [...readNpy(path)]),
      whole,
    );
    for (const [i, name] of [
      at(`source-${of}`),
      parts.toReversed().join(","),
      at(`source-${of}/*.npy`),
    ].entries())
      t.deepEqual(await minedFiles(name, at("target.npy"), at(`run-${of}-${i}`)), mined, name);
  }
});

test("tiles are cut across parts, and where the texts are not", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const [text, other] = [writeText(at("source.txt"), 1), writeText(at("target.txt"), 2)];
  await embedFile(other, at("target.npy"), { encoder: encoderOf() });
  await embedParts(text, at("source"), 3);
  for await (const _ of mine(at("source"), at("target.npy"), {
    run: at("whole"),
    centre: true,
    clean: true,
  }));
  rmSync(at("whole/stats.json"));
  const texts = { source: at("moved.txt"), target: other };
  copyFileSync(text, texts.source);
  rmSync(text);
  const tiles: string[] = [];
  for (const number of [1, 2])
    for (const y of [1, 2]) {
      const tile = at(`tile-${number}-${y}`);
      const shards = { sourceShard: { number, of: 2 }, targetShard: { number: y, of: 2 } };
      await searchTile(at("source"), at("target.npy"), tile, { ...shards, centre: true });
      tiles.push(tile);
    }
  await mergeTiles(tiles, at("merged"), texts);
  t.deepEqual(hashRunFiles(at("merged")), hashRunFiles(at("whole")));
});

test("the mean of a text's sentences is that of its parts' sums, to the last bit", async (t) => {
  const folder = temporaryFolder(t);
  const text = writeText(join(folder, "a.txt"), 3);
  await embedFile(text, join(folder, "a.npy"), { encoder: encoderOf() });
  const parts = await embedParts(text, join(folder, "parts"), 4);
  const sumsOf = (path: string) => JSON.parse(readFileSync(`${path}.json`, "utf8")).distinct.sums;
  const sums = new RowSums(8);
  for (const path of parts.toReversed()) sums.addKept(sumsOf(path));
  const [whole, alone] = [new RowSums(8), new RowSums(8)];
  whole.addKept(sumsOf(join(folder, "a.npy")));
  t.deepEqual(sums.mean(), whole.mean());
  const run = join(folder, "run");
  await minedFiles(join(folder, "a.npy"), join(folder, "a.npy"), run);
  t.deepEqual(JSON.parse(readFileSync(join(run, "source.npy.json"), "utf8")).mean, whole.mean());
  // Float64 sums depend on their order: of 2⁵³ + 1 − 2⁵³ the one is lost.
  alone.add(Float32Array.from([2 ** 12, 2 ** -40, -(2 ** 12)].flatMap((x) => new Array<number>(8).fill(x))));
  t.deepEqual(alone.mean(), new Array<number>(8).fill(2 ** -40 / 3));
});

test("parts with a hole, that are there twice, or of other vectors are refused by name", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const text = writeText(at("a.txt"), 1);
  const [one, two, three] = await embedParts(text, at("parts"), 3);
  const refused = (source: string, message: RegExp) =>
    t.throwsAsync(searchTile(source, at("parts"), at("tile")), { instanceOf: InputError, message });
  await refused(
    `${one},${three}`,
    /1\.npy: part 2\/3 of the same text is missing\. Embed it with part: "2\/3", or/,
  );
  await refused(two, /2\.npy: parts 1\/3, 3\/3 of the same text are missing\. Embed the first with/);
  copyFileSync(one, at("copy.npy"));
  copyFileSync(`${one}.json`, at("copy.npy.json"));
  await refused(
    [at("copy.npy"), one, two, three].join(","),
    /is part 1\/3, and so is .*\. Give each part once/,
  );

  const embedOther = async (name: string, options: EmbedFileOptions, from = text) => {
    await embedFile(from, at(name), { encoder: encoderOf(), part: { number: 2, of: 3 }, ...options });
    return [one, at(name), three].join(",");
  };
  await refused(
    await embedOther("space.npy", { encoder: encoderOf("others") }),
    /space\.npy: is of space others, but .*1\.npy is of letters-8\. Embed all parts with one encoder/,
  );
  await refused(
    await embedOther("number.npy", { part: { number: 2, of: 4 } }),
    /number\.npy: is of parts 4, but .* is of 3\. Give the parts of one text/,
  );
  await refused(
    await embedOther("text.npy", {}, writeText(at("b.txt"), 2)),
    /text\.npy: is not of the same text as/,
  );
  await refused(
    await embedOther("whole.npy", { part: undefined }),
    /whole\.npy: is the vectors of a whole text, but was given with 2 others\. Give it alone/,
  );
  rmSync(`${two}.json`);
  await refused(at("parts"), /2\.npy: has no description \(\.npy\.json\), but others of its parts have one/);
});

test("one flipped bit in a part or its description is refused by name, and by the job that makes it again", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const text = writeText(at("a.txt"), 1);
  const [, two] = await embedParts(text, at("parts"), 3);
  for (const file of [two, `${two}.json`]) {
    const whole = readFileSync(file);
    flipBit(file, 4 * whole.length + 2);
    for (const read of [
      () => searchTile(at("parts"), at("parts"), at("tile")),
      () => minedFiles(at("parts"), at("parts"), at("run")),
    ])
      await t.throwsAsync(read(), {
        instanceOf: InputError,
        message:
          /2\.npy(\.json)?: is (damaged|not a description).*(Embed the text again with part: "2\/3"|Make both)/,
      });
    writeFileSync(file, whole);
  }
  rmSync(two);
  await t.throwsAsync(searchTile(at("parts"), at("parts"), at("tile")), {
    message: /part 2\/3 of the same text is missing/,
  });
});

test("a tile reads and checks what its shards have, and no more of the parts", async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string) => join(folder, name);
  const [, , three] = await embedParts(writeText(at("a.txt"), 1), at("parts"), 3);
  flipBit(three, 4 * readFileSync(three).length + 2);
  const shard = (number: number) => ({ sourceShard: { number, of: 3 }, targetShard: { number: 1, of: 3 } });
  await t.notThrowsAsync(searchTile(at("parts"), at("parts"), at("tile"), shard(1)));
  await t.throwsAsync(searchTile(at("parts"), at("parts"), at("other"), shard(3)), {
    instanceOf: InputError,
    message: /3\.npy: is damaged: its bytes .* Embed the text again with part: "3\/3"/,
  });
});

test("a part of a stream, of vectors, or that there is not is refused", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const refused = (
    options: EmbedFileOptions,
    message: RegExp,
    source: string | Readable = "samples/town.de",
  ) => t.throwsAsync(embedFile(source, output, options), { instanceOf: OptionError, message });
  const part = { number: 1, of: 2 };
  await refused(
    { part },
    /part needs a file: a stream cannot be read twice/,
    Readable.from([Buffer.from("a\n")]),
  );
  await refused(
    { part, from: "b.npy", space: "b" },
    /part cuts what is embedded, but from has vectors already/,
  );
  await refused(
    { part: { number: 17, of: 16 } },
    /part: "17\/16": expected a number of how many, 1\/16 to 16\/16/,
  );
});

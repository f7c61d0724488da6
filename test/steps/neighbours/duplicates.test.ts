import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import type { MineOptions } from "../../../src/jobs/mine.js";
import { mine } from "../../../src/jobs/mine.js";
import { selectRun } from "../../../src/jobs/select-run.js";
import { mergeTiles } from "../../../src/jobs/tiles/merge-tiles.js";
import { searchTile } from "../../../src/jobs/tiles/search-tile.js";
import { expandNeighbours, findEqualRows } from "../../../src/search/equal-rows.js";
import { inMemory } from "../../../src/search/in-memory.js";
import { rescore } from "../../../src/search/rescore.js";
import { chooseEngine } from "../../../src/steps/neighbours/indexes/choose-engine.js";
import type { IndexOptions } from "../../../src/steps/neighbours/indexes/index-options.js";
import { openIndex } from "../../../src/steps/neighbours/indexes/indexes.js";
import type { MineSummary } from "../../../src/steps/pairs/mine-summary.js";
import { makeAnew } from "../../../src/store/run/stage.js";
import { NO_NEIGHBOUR } from "../../../src/types/neighbours.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { tableEncoder } from "../../jobs/table-encoder.js";
import { randomUnitVectors } from "../../random.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** Of length 1. Cosines: a–a′ 0.96; a–A 0.8, a′–A 0.768, b–A 0.6; a–B 0, a′–B 0.168, b–B 0.8. */
const encoder = tableEncoder({
  a: [1, 0, 0],
  "a′": [0.96, 0.28, 0],
  b: [0, 0, 1],
  A: [0.8, 0, 0.6],
  B: [0, 0.6, 0.8],
});

const SOURCE = ["a", "b", "a′", "a"].map((text, i) => ({ text, line: i + 1, id: `s${i + 1}` }));
const TARGET = ["A", "B"];

async function all(pairs: AsyncIterable<ScoredPair>): Promise<ScoredPair[]> {
  const list: ScoredPair[] = [];
  for await (const pair of pairs) list.push(pair);
  return list.sort((x, y) => x.source.lines[0] - y.source.lines[0]);
}

async function mineAll(options: MineOptions = {}) {
  let summary: MineSummary | undefined;
  const onSummary = (given: MineSummary) => {
    summary = given;
  };
  const pairs = await all(mine(SOURCE, TARGET, { encoder, k: 2, ...options, onSummary }));
  return { pairs, summary: summary! };
}

const COLLAPSED = { collapseNearDuplicates: 0.95 };

test("the first of near-duplicates is searched for all of them, and its pair has their lines and ids", async (t) => {
  const { pairs, summary } = await mineAll(COLLAPSED);
  t.deepEqual(
    pairs.map(({ source, target }) => [source.text, source.lines, source.ids, target.text]),
    [
      ["a", [1, 4, 3], ["s1", "s4", "s3"], "A"],
      ["b", [2], ["s2"], "B"],
    ],
  );
  t.deepEqual([summary.source.nearDuplicates, summary.target.nearDuplicates], [1, 0]);
  t.is(summary.source.sentences, 3);
});

test("near-duplicates no longer fill a neighbourhood", async (t) => {
  const scores = async (options: MineOptions) => (await mineAll(options)).pairs.map(({ score }) => score);
  const near = (found: number, expected: number) => t.true(Math.abs(found - expected) < 1e-6, String(found));
  // m(a) = (0.8 + 0) / 2, and m(A) = (0.8 + 0.768) / 2, or (0.8 + 0.6) / 2 without a′.
  near((await scores({}))[0], 0.8 / ((0.4 + 0.784) / 2));
  near((await scores(COLLAPSED))[0], 0.8 / ((0.4 + 0.7) / 2));
});

test("a run that lost which sentences stand for which is searched again, and select says what is missing", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const { pairs } = await mineAll({ ...COLLAPSED, run });
  rmSync(join(run, "source.stands-for.npy"));
  await t.throwsAsync(all(selectRun(run)), {
    instanceOf: InputError,
    message: /source\.stands-for\.npy: is missing/,
  });
  t.deepEqual((await mineAll({ ...COLLAPSED, run })).pairs, pairs);
  t.deepEqual(await all(selectRun(run)), pairs);
});

test("a threshold above every cosine changes nothing", async (t) => {
  const { pairs, summary } = await mineAll({ collapseNearDuplicates: 0.97 });
  t.deepEqual(pairs, (await mineAll()).pairs);
  t.is(summary.source.nearDuplicates, 0);
});

for (const index of ["exact", "hnsw", "usearch"] as const) {
  test(`a run folder keeps which sentences stand for which, and select gives their lines: ${index}`, async (t) => {
    const run = join(temporaryFolder(t), "run");
    const options = { ...COLLAPSED, index, run };
    const { pairs } = await mineAll(options);
    t.deepEqual(pairs, (await mineAll(COLLAPSED)).pairs);
    t.deepEqual(await all(selectRun(run)), pairs);
    t.is(JSON.parse(readFileSync(join(run, "stats.json"), "utf8")).source.nearDuplicates, 1);
    const files = hashRunFiles(run);
    t.deepEqual((await mineAll(options)).pairs, pairs);
    t.deepEqual(hashRunFiles(run), files);

    t.deepEqual((await mineAll({ index, run })).pairs, (await mineAll()).pairs);
    t.false(existsSync(join(run, "source.stands-for.npy")));
  });
}

for (const index of ["hnsw", "usearch"] as const) {
  test(`a side is looked up in one graph of its own, and never the other way round: ${index}`, async (t) => {
    const built: string[] = [];
    const onEvent = (event: JobEvent) => {
      if (event.kind !== "progress" || !event.stage.startsWith("index ")) return;
      if (event.done === 0) built.push(`${event.stage} of ${event.total}`);
    };
    await mineAll({ ...COLLAPSED, index, onEvent });
    // Within the three sources and the two targets; then both ways between those that are left.
    t.deepEqual(built, ["index target of 3", "index target of 2", "index target of 2", "index source of 2"]);
  });
}

for (const collapseNearDuplicates of [0, -0.5, 1.01, Number.NaN]) {
  test(`a cosine of ${collapseNearDuplicates} is wrong usage`, async (t) => {
    await t.throwsAsync(mineAll({ collapseNearDuplicates }), {
      instanceOf: OptionError,
      message: /expected a cosine above 0 and at most 1/,
    });
  });
}

const K = 4;
const INDEXES: readonly IndexOptions[] = [
  { index: "exact", searchType: "int8" },
  { index: "ivf" },
  { index: "hnsw" },
  { index: "usearch" },
  { index: "usearch", indexType: "i8" },
];
const nameOf = ({ index, searchType, indexType }: IndexOptions) =>
  [index, searchType, indexType].filter(Boolean).join(" ");

/** Rows that all differ, and among them many that are one and the same. */
function manyEqual(different: number, equal: number, seed: number) {
  const dimensions = 16;
  const { data } = randomUnitVectors(different, dimensions, seed);
  const rows = different + equal;
  const mixed = new Float32Array(rows * dimensions);
  const every = Math.floor(rows / different);
  for (let row = 0, next = 0; row < rows; row++) {
    const own = row % every === 0 && next < different ? next++ : 1;
    mixed.set(data.subarray(own * dimensions, (own + 1) * dimensions), row * dimensions);
  }
  return {
    vectors: inMemory({ rows, dimensions, data: mixed }),
    rowNumbers: Uint32Array.from(Array(rows).keys()),
  };
}

const sides = { source: manyEqual(260, 300, 1), target: manyEqual(250, 310, 2) };

async function search(options: IndexOptions, heldRows?: number) {
  const size = { source: 560, target: 560, dimensions: 16 };
  const context = { keep: makeAnew, vectorsKey: {}, heldRows, onEvent: () => {} };
  const index = openIndex(chooseEngine(options, size), options, context);
  const { forward, backward } = await index.search(sides, K + index.extra);
  const [x, y] = [sides.source.vectors, sides.target.vectors];
  return [...rescore(forward, x, y, { k: K }).indices, ...rescore(backward, y, x, { k: K }).indices];
}

for (const options of INDEXES) {
  test(`${nameOf(options)} finds what exact search finds, however many rows are the same`, async (t) => {
    const truth = await search({ index: "exact" });
    for (const heldRows of options.index === "ivf" ? [undefined, 100] : [undefined]) {
      const found = await search(options, heldRows);
      const hits = found.filter((index, slot) => index === truth[slot]).length;
      t.true(hits >= 0.97 * truth.length, `${hits} of ${truth.length}`);
    }
  });
}

test("rows are equal in every bit, and of equal ones the first stands for all", async (t) => {
  const rows = (data: number[]) =>
    inMemory({ rows: data.length / 2, dimensions: 2, data: Float32Array.from(data) });
  t.deepEqual(await findEqualRows(rows([1, 0, 0, 1, 1, 0, 0.5, 0.5, 0, 1])), {
    firsts: Uint32Array.of(0, 1, 3),
    kinds: Uint32Array.of(0, 1, 0, 2, 1),
  });
  t.is(await findEqualRows(rows([1, 0, 0, 1])), undefined);
  t.is(await findEqualRows(rows([])), undefined);
});

test("what was found for a kind is every row's, and its rows come by cosine, then by number", (t) => {
  // Kinds 0 and 1 of the others are rows 0, 3 and 1, 2, 4; both kinds are as near.
  const found = {
    rows: 2,
    k: 2,
    indices: Uint32Array.of(1, 0, 0, NO_NEIGHBOUR),
    cosines: Float32Array.of(0.5, 0.5, 0.25, Number.NEGATIVE_INFINITY),
  };
  const kinds = {
    rows: { firsts: Uint32Array.of(0, 2), kinds: Uint32Array.of(0, 0, 1) },
    others: { firsts: Uint32Array.of(0, 1), kinds: Uint32Array.of(0, 1, 1, 0, 1) },
  };
  const { rows, indices, cosines } = expandNeighbours(found, kinds, 4);
  t.is(rows, 3);
  t.deepEqual([...indices], [0, 1, 2, 3, 0, 1, 2, 3, 0, 3, NO_NEIGHBOUR, NO_NEIGHBOUR]);
  t.deepEqual([...cosines.subarray(8, 10)], [0.25, 0.25]);
});

/** The full-width form of a letter, which the encoder's tokenizer takes for the same. */
const wide = (letter: string) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0);

/** A sentence 300 times, each with other letters in their full width. */
const spellingsOf = (sentence: string) =>
  Array.from({ length: 300 }, (_, i) => {
    let bit = 1;
    return sentence.replaceAll(/[a-z]/g, (letter) => {
      const spelled = i & bit ? wide(letter) : letter;
      bit *= 2;
      return spelled;
    });
  });

/** Files of vectors of the sample town, each after 300 spellings of a sentence. */
async function spelledTown(folder: string): Promise<[source: string, target: string]> {
  const spelled = async (language: string, sentence: string) => {
    const path = join(folder, `town.${language}`);
    const town = readFileSync(`samples/town.${language}`, "utf8");
    writeFileSync(path, `${spellingsOf(sentence).join("\n")}\n${town}`);
    await embedFile(path, `${path}.npy`, { threads: 1 });
    return `${path}.npy`;
  };
  return [
    await spelled("de", "Bitte alle vor der Tür warten"),
    await spelled("en", "Please all wait at the door"),
  ];
}

test("every index mines the pairs beside 300 spellings of a sentence, whatever its memory, and so do shards", async (t) => {
  const folder = temporaryFolder(t);
  const [source, target] = await spelledTown(folder);
  const textsOf = async (pairs: AsyncIterable<{ source: { text: string }; target: { text: string } }>) => {
    const texts: string[] = [];
    for await (const pair of pairs) texts.push(`${pair.source.text}\t${pair.target.text}`);
    return texts;
  };
  const mined = (options: MineOptions) => textsOf(mine(source, target, { ...options, threads: 1 }));
  const truth = new Set(await mined({ index: "exact" }));
  t.true(truth.size > 220);
  const found = (texts: readonly string[], name: string) => {
    const hits = texts.filter((text) => truth.has(text)).length;
    t.true(hits >= 0.97 * truth.size, `${name}: ${hits} of ${truth.size}`);
  };
  for (const options of INDEXES) found(await mined(options), nameOf(options));
  for (const index of ["exact", "ivf", "hnsw"] as const) {
    const { message } = (await t.throwsAsync(mined({ index, memory: 1 })))!;
    const [, least] = /least that works is (\d+) MiB/.exec(message)!;
    const memory = Number(least) * 2 ** 20;
    t.deepEqual(await mined({ index, memory }), await mined({ index }));
  }
  const shards = [1, 2].map((number) => join(folder, `shard-${number}`));
  for (const [i, shard] of shards.entries())
    await searchTile(source, target, shard, {
      index: "ivf",
      sourceShard: { number: i + 1, of: 2 },
      threads: 1,
    });
  await mergeTiles(shards, join(folder, "run"));
  t.deepEqual(await textsOf(selectRun(join(folder, "run"))), await mined({ index: "ivf" }));
});

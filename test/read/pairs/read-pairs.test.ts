import { gzipSync } from "node:zlib";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { Pair, PairInput, ReadPairsOptions } from "../../../src/index.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { inChunks, writeFixture } from "../_fixtures.js";

async function read(input: PairInput, options: ReadPairsOptions = {}): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const batch of readPairs(input, options)) pairs.push(...batch);
  return pairs;
}

const texts = (pairs: readonly Pair[]) => pairs.map(({ source, target, score }) => [source, target, score]);

test("TSV is source⇥target, or score⇥source⇥target where the first row begins with a number", async (t) => {
  t.deepEqual(texts(await read(inChunks("die Mühle\tthe mill\nder Fluss\tthe river\n"))), [
    ["die Mühle", "the mill", undefined],
    ["der Fluss", "the river", undefined],
  ]);
  t.deepEqual(texts(await read(inChunks("1.25\tdie Mühle\tthe mill\n\tder Fluss\t\n"))), [
    ["die Mühle", "the mill", 1.25],
    ["der Fluss", "", undefined],
  ]);
  t.deepEqual(texts(await read(inChunks("die Mühle\tthe mill\tnews\n"))), [
    ["die Mühle", "the mill", undefined],
  ]);
});

test("columns are chosen by number, and all others are kept", async (t) => {
  const [pair] = await read(inChunks("url\tthe mill\tdie Mühle\t0.5\n"), { columns: [3, 2], scoreColumn: 4 });
  t.like(pair, { source: "die Mühle", target: "the mill", score: 0.5 });
  t.deepEqual(pair.row!.cells, ["url", "the mill", "die Mühle", "0.5"]);
  await t.throwsAsync(read(inChunks("a\tb\n"), { columns: [1, 1] }), { instanceOf: OptionError });
  await t.throwsAsync(read(inChunks("a\tb\n"), { columns: [0, 1] }), { instanceOf: OptionError });
});

test("an empty line is a pair of empty texts, so that pairs and lines keep the same count", async (t) => {
  const lines = "a\tb\n\nc\td\n";
  t.deepEqual(
    (await read(inChunks(lines))).map(({ line, source }) => [line, source]),
    [
      [1, "a"],
      [2, ""],
      [3, "c"],
    ],
  );
  const records = '{"source":"a","target":"b"}\n\n{"source":"c","target":"d"}\n';
  t.is((await read(inChunks(records), { format: "jsonl" })).length, 3);
  t.is((await read([inChunks("a\n\nc\n"), inChunks("b\n\nd\n")])).length, 3);
});

test("a blank row has as many columns as the first row, and tells nothing of them where it comes first", async (t) => {
  const [first, scored, blank, tab] = await read(inChunks("\t\n0.5\ta\tb\tnews\n\n\t\n"));
  t.like(first, { source: "", target: "", row: undefined });
  t.like(scored, { source: "a", target: "b", score: 0.5 });
  for (const { row, ...pair } of [blank, tab]) {
    t.like(pair, { source: "", target: "", score: undefined });
    t.deepEqual(row?.cells, ["", "", "", ""]);
  }
});

test("a corpus with one column is an error that names its line and what to do", async (t) => {
  const error = await t.throwsAsync(read(inChunks("die Mühle\n"), { name: "mono.de" }), {
    instanceOf: InputError,
  });
  t.is(
    error.message,
    'mono.de, line 1: has 1 column; expected source⇥target. Name the columns with columns, or the right format, or pass onError: "skip".',
  );
  await t.throwsAsync(read(inChunks("1\ta\tb\n2\ta\n")), {
    message: /line 2: has 2 columns; expected score⇥source⇥target/,
  });
  await t.throwsAsync(read(inChunks("1\ta\tb\nx\ta\tb\n")), {
    message: /line 2: column 1 is "x"; expected a score/,
  });
});

test("a row that cannot be read is left out and counted, if that is asked for", async (t) => {
  const skipped: InputError[] = [];
  const options: ReadPairsOptions = { onError: "skip", onSkip: (error) => skipped.push(error) };
  const pairs = await read(inChunks("a\tb\nalone\nc\td\n"), options);
  t.deepEqual(
    pairs.map(({ line }) => line),
    [1, 3],
  );
  t.deepEqual(
    skipped.map(({ place }) => place.line),
    [2],
  );
});

test("JSON lines have their texts at paths, and keep every other field", async (t) => {
  const record = { id: 7, translation: { de: "die Mühle", en: "the mill" }, score: 0.5 };
  const [pair] = await read(inChunks(`${JSON.stringify(record)}\n`), {
    format: "jsonl",
    fields: ["translation.de", "translation.en"],
  });
  t.like(pair, { source: "die Mühle", target: "the mill", score: 0.5 });
  t.deepEqual(pair.record!.value, record);
});

test("a JSON line that lacks a text, or is none, is an error that names its line", async (t) => {
  const jsonl = (text: string) => read(inChunks(text), { format: "jsonl" });
  await t.throwsAsync(jsonl('{"source":"a"}'), {
    message: /line 1: field "target" is missing; expected a text/,
  });
  await t.throwsAsync(jsonl('{"source":"a","target":"b","score":"high"}'), {
    message: /"score" is a string/,
  });
  await t.throwsAsync(jsonl('{"source":"a","target":"b","score":1e999}'), {
    message: /line 1: field "score" holds a number too large/,
  });
  await t.throwsAsync(jsonl("[1]"), { message: /line 1: is an array; expected an object/ });
  await t.throwsAsync(jsonl('{"source":'), { message: /line 1: is not JSON/ });
});

test("two files are a pair on each line number, however their bytes arrive", async (t) => {
  for (const size of [1, 3, 1000]) {
    const pairs = await read([inChunks("a\nb\nc\n", size), inChunks("x\r\ny\r\nz", 2)]);
    t.deepEqual(texts(pairs), [
      ["a", "x", undefined],
      ["b", "y", undefined],
      ["c", "z", undefined],
    ]);
  }
});

test("two files of unequal length are an error with both counts", async (t) => {
  const short = await writeFixture(t, "short.de", "a\nb\n");
  const long = await writeFixture(t, "long.en", "x\ny\nz\nw\n");
  const message = (first: string, n: number, second: string, m: number) =>
    `${first}: has ${n} lines, but ${second} has ${m}; expected line n of one to translate line n of the other. See whether one of them is cut short.`;
  await t.throwsAsync(read([short, long]), { message: message(short, 2, long, 4) });
  await t.throwsAsync(read([long, short]), { message: message(long, 4, short, 2) });
});

test("a broken line of one of two files leaves out its pair alone", async (t) => {
  const broken = Buffer.concat([Buffer.from("x\n"), Buffer.from([0xff]), Buffer.from("\nz\n")]);
  const pairs = await read([inChunks("a\nb\nc\n"), inChunks(broken)], { onError: "skip" });
  t.deepEqual(
    pairs.map(({ source, target }) => source + target),
    ["ax", "cz"],
  );
});

test("the format is told by the name, before any compression", async (t) => {
  const path = await writeFixture(t, "pairs.jsonl.gz", gzipSync('{"source":"a","target":"b"}\n'));
  t.like((await read(path))[0], { source: "a", target: "b" });
});

test("a format that does not fit the number of files is wrong usage", async (t) => {
  await t.throwsAsync(read(inChunks("a"), { format: "moses" }), {
    instanceOf: OptionError,
    message: /in format moses is two/,
  });
  await t.throwsAsync(read([inChunks("a"), inChunks("b")], { format: "tmx" }), { instanceOf: OptionError });
  await t.throwsAsync(read(inChunks("a"), { format: "xml" as never }), {
    message: /one of tsv, csv, jsonl, json, moses, tmx/,
  });
});

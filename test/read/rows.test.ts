import test from "ava";
import { InputError, OptionError } from "../../src/errors.js";
import { inChunks, read } from "./_fixtures.js";

test("tsv takes the first column, or the one asked for, with its identifier", async (t) => {
  const rows = 'x1\t"one\textra\r\nx2\ttwo"\t\n';
  const { sentences } = await read(inChunks(rows), { format: "tsv" });
  t.deepEqual(sentences, [
    { text: "x1", line: 1 },
    { text: "x2", line: 2 },
  ]);
  const { sentences: second } = await read(inChunks(rows), { format: "tsv", column: 2, idColumn: 1 });
  t.deepEqual(second, [
    { text: '"one', line: 1, id: "x1" },
    { text: 'two"', line: 2, id: "x2" },
  ]);
  const { sentences: third } = await read(inChunks(rows), { format: "tsv", column: 3 });
  t.deepEqual(third[1], { text: "", line: 2 });
});

test("a tsv row without the column is an error that names its line", async (t) => {
  const rows = "a\tb\nc\nd\te\n";
  const options = { format: "tsv", column: 2, name: "pairs.tsv" } as const;
  await t.throwsAsync(read(inChunks(rows), options), {
    instanceOf: InputError,
    message:
      'pairs.tsv, line 2: has 1 column, but column 2 was asked for. Name the right one with column, or pass onError: "skip".',
  });
  const { sentences, skipped } = await read(inChunks(rows), { ...options, onError: "skip" });
  t.deepEqual(sentences, [
    { text: "b", line: 1 },
    { text: "e", line: 3 },
  ]);
  t.is(skipped.length, 1);
  await t.throwsAsync(read(inChunks(rows), { format: "tsv", idColumn: 3 }), {
    message: /has 2 columns, but column 3/,
  });
});

test("an empty line of tsv and bucc is a blank sentence", async (t) => {
  const { sentences } = await read(inChunks("a\tb\n\r\nc\td\n"), { format: "tsv", column: 2, idColumn: 1 });
  t.deepEqual(sentences[1], { text: "", line: 2 });
  const { sentences: bucc } = await read(inChunks("a\tb\n\n"), { format: "bucc" });
  t.deepEqual(bucc[1], { text: "", line: 2 });
});

test("a column that is no whole number from 1 is wrong usage", async (t) => {
  for (const column of [0, -1, 1.5, Number.NaN]) {
    await t.throwsAsync(read(inChunks("a"), { format: "tsv", column }), {
      instanceOf: OptionError,
      message: `column is ${column}; expected a whole number from 1.`,
    });
    await t.throwsAsync(read(inChunks("a"), { format: "tsv", idColumn: column }), {
      instanceOf: OptionError,
    });
  }
});

test("bucc takes what is before the first tab for the identifier and all after it for the sentence", async (t) => {
  const { sentences } = await read(inChunks("en-1\tone\r\nen-2\ttwo\tmore\n"), { format: "bucc" });
  t.deepEqual(sentences, [
    { text: "one", line: 1, id: "en-1" },
    { text: "two\tmore", line: 2, id: "en-2" },
  ]);
});

test("a bucc line without a tab is an error that names its line", async (t) => {
  const rows = "en-1\tone\nen-2 two\nen-3\tthree";
  await t.throwsAsync(read(inChunks(rows), { format: "bucc" }), {
    instanceOf: InputError,
    message: /^standard input, line 2: has no tab; expected id⇥sentence/,
  });
  const { sentences, skipped } = await read(inChunks(rows), { format: "bucc", onError: "skip" });
  t.deepEqual(
    sentences.map(({ line }) => line),
    [1, 3],
  );
  t.is(skipped.length, 1);
});

test("fields go with the sentence: columns of tsv by number, paths of JSON, empty where there is nothing", async (t) => {
  const { sentences } = await read(inChunks("one\thttp://a/\t7\ntwo\n"), {
    format: "tsv",
    fields: ["3", "2"],
  });
  t.deepEqual(sentences, [
    { text: "one", line: 1, fields: ["7", "http://a/"] },
    { text: "two", line: 2, fields: ["", ""] },
  ]);
  const lines = '{"text":"one","id":"x","meta":{"url":"http://a/","at":7}}\n{"text":"two","meta":null}\n';
  for (const [format, document] of [
    ["jsonl", lines],
    ["json", `[${lines.trim().replace("\n", ",")}]`],
  ] as const) {
    const { sentences } = await read(inChunks(document), { format, fields: ["meta.url", "meta"] });
    t.deepEqual(sentences, [
      { text: "one", line: 1, id: "x", fields: ["http://a/", '{"url":"http://a/","at":7}'] },
      { text: "two", line: 2, fields: ["", ""] },
    ]);
  }
});

test("a field of tsv is a column's number", async (t) => {
  await t.throwsAsync(read(inChunks("a"), { format: "tsv", fields: ["url"] }), {
    instanceOf: OptionError,
    message: '"url" is not a field of tsv; expected the number of a column, from 1.',
  });
});

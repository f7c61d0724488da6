import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../src/errors.js";
import type { JobEvent } from "../../src/events.js";
import { embedFile } from "../../src/jobs/embed/embed-file.js";
import { mine } from "../../src/jobs/mine.js";
import type { ReadOptions } from "../../src/read/input.js";
import { readSentences } from "../../src/read/read-sentences.js";
import { letterEncoder } from "../jobs/letter-encoder.js";
import { temporaryFolder } from "../temporary-folder.js";
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

const BUCC = ["de-000000001\tEin Haus.", "", "de-000000002\tZwei Hunde."];

function write(t: ExecutionContext, name: string, lines: string[]): string {
  const path = join(temporaryFolder(t), name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function notesOf(path: string, options: ReadOptions = {}): Promise<string[]> {
  const notes: string[] = [];
  for await (const _ of readSentences(path, { ...options, onNote: ({ message }) => notes.push(message) }));
  return notes;
}

test("a text whose lines begin with BUCC's identifiers is told once, with the option that takes them apart", async (t) => {
  const lines = Array.from({ length: 3000 }, (_, i) => `de-${String(i).padStart(9, "0")}\tSatz ${i}`);
  for (const path of [write(t, "de.txt", BUCC), write(t, "long.de", lines)])
    t.deepEqual(await notesOf(path), [
      `${path}: looks like id⇥sentence, but its ids are read as part of the sentences. Pass format: "bucc" to read them as ids.`,
    ]);
});

test("TSV is told the same unless its column is named", async (t) => {
  const path = write(t, "de.tsv", BUCC);
  t.is((await notesOf(path)).length, 1);
  t.deepEqual(await notesOf(path, { column: 2, idColumn: 1 }), []);
  t.deepEqual(await notesOf(path, { column: 1 }), []);
});

test("what is read as BUCC's, plain text, and a text of which one line has no identifier are not told of", async (t) => {
  t.deepEqual(await notesOf(write(t, "de.txt", BUCC), { format: "bucc" }), []);
  t.deepEqual(await notesOf("samples/town.de"), []);
  t.deepEqual(await notesOf(write(t, "one.txt", [...BUCC, "CO-2\tist ein Gas."])), []);
  t.deepEqual(await notesOf(write(t, "blank.txt", ["", ""])), []);
});

test("mine and embed note it of each text that looks like it", async (t) => {
  const encoder = letterEncoder();
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => event.kind === "note" && notes.push(event.message.split(": ")[0]);
  const path = write(t, "de.txt", BUCC);
  for await (const _ of mine(path, "samples/town.en", { encoder, onEvent }));
  await embedFile(path, `${path}.npy`, { encoder, onEvent });
  t.deepEqual(notes, [path, path]);
});

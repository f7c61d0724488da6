import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import test, { type ExecutionContext } from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { JobEvent } from "../../../src/events.js";
import { criss } from "../../../src/jobs/criss/criss.js";
import { embedFile } from "../../../src/jobs/embed/embed-file.js";
import { evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { evaluateParity } from "../../../src/jobs/evaluate/parity.js";
import type { MineOptions } from "../../../src/jobs/mine.js";
import { mine } from "../../../src/jobs/mine.js";
import { scoreBitext } from "../../../src/jobs/score/score.js";
import type { ReadOptions, TextSource } from "../../../src/read/input.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { readSentences } from "../../../src/read/read-sentences.js";
import { identify } from "../../../src/steps/texts/identify.js";
import { nameSource } from "../../../src/steps/texts/source-kind.js";
import type { ScoredPair } from "../../../src/types/pairs.js";
import { letterEncoder } from "../../jobs/letter-encoder.js";
import { isOpen, OPEN_FILES } from "../../open-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a path ending in .npy is vectors, any other a text in the format of its name", (t) => {
  const kindOf = (path: string) => {
    const source = nameSource(path, "source");
    return source.kind === "bytes" ? source.format : source.kind;
  };
  t.deepEqual(["de.npy", "de.tsv.gz", "de.jsonl", "de.npy.txt", "de"].map(kindOf), [
    "vectors",
    "tsv",
    "jsonl",
    "text",
    "text",
  ]);
});

test("a stream is text, sentences in memory are what they are, and both have names of their own", (t) => {
  const stream = nameSource(Readable.from([]), "source");
  t.like(stream, { kind: "bytes", name: "standard input", format: "text" });
  t.like(nameSource(["one"], "target"), { kind: "sentences", name: "target" });
  t.like(nameSource(["one"], "target", { read: { name: "mine" } }), { kind: "sentences", name: "mine" });
});

test("a named pipe is read in the format of its name, with a run folder and without", async (t) => {
  const folder = temporaryFolder(t);
  const pipe = join(folder, "de.tsv");
  t.is(spawnSync("mkfifo", [pipe]).status, 0);
  const textsOf = async (run?: string) => {
    const writer = spawn("sh", ["-c", `printf 'one\\tfirst\\ntwo\\tsecond\\n' > "${pipe}"`]);
    const pairs: ScoredPair[] = [];
    for await (const pair of mine(pipe, ["one", "two"], { encoder: letterEncoder(8), run })) pairs.push(pair);
    if (writer.exitCode === null) await once(writer, "exit");
    return pairs.map(({ source }) => source.text).sort();
  };
  t.deepEqual(await textsOf(), ["one", "two"]);
  t.deepEqual(await textsOf(join(folder, "run")), ["one", "two"]);
  t.false(existsSync(join(folder, "run", ".source.spool.part")));
});

(existsSync(OPEN_FILES) ? test : test.skip)("a named pipe is not opened after an abort", async (t) => {
  const folder = temporaryFolder(t);
  const [pipe, spool] = [join(folder, "de"), join(folder, "spool")];
  t.is(spawnSync("mkfifo", [pipe]).status, 0);
  // Both ways at once, so that nobody waits for the other end.
  const other = openSync(pipe, "r+");
  const aborted = identify(pipe, spool, AbortSignal.abort(new Error("enough")));
  await t.throwsAsync(aborted, { message: "enough" });
  closeSync(other);
  t.false(isOpen(pipe) || existsSync(spool));
});

const DE = "samples/town.de";
const EN = "samples/town.en";

const encoder = letterEncoder(8);

const refusedAs = (message: RegExp) => ({ instanceOf: OptionError, message });
const lines = () => Readable.from([Buffer.from("1\tone\n2\ttwo\n")]);

async function count(source: Parameters<typeof mine>[0], target: string, options: MineOptions) {
  let pairs = 0;
  for await (const _ of mine(source, target, { encoder, ...options })) pairs++;
  return pairs;
}

test("an option of reading that the formats of both sides lack is refused, with what they are read as", async (t) => {
  const mined = (read: ReadOptions) => count(DE, EN, { read });
  const bothText = "samples/town\\.de is read as text, and samples/town\\.en is read as text";
  for (const [read, formats] of [
    [{ column: 2 }, "tsv"],
    [{ idColumn: 1 }, "tsv"],
    [{ field: "text" }, "jsonl, json or parquet"],
    [{ idField: "url" }, "jsonl, json or parquet"],
  ] as const) {
    const message = new RegExp(
      `^${Object.keys(read)} goes with ${formats}, but ${bothText}\\. Name the right format`,
    );
    await t.throwsAsync(mined(read), refusedAs(message));
  }
  await t.throwsAsync(mined({ format: "bucc", column: 2 }), refusedAs(/town\.de is read as bucc/));
});

test("an option of reading that one of both sides has a use for is taken", async (t) => {
  const table = join(temporaryFolder(t), "de.tsv");
  writeFileSync(table, "1\tein Haus\n2\tzwei Hunde\n");
  t.true((await count(table, EN, { read: { column: 2 } })) > 0);
  t.true((await count(lines(), EN, { read: { format: "tsv", column: 2 }, readTarget: {} })) > 0);
});

test("a stream without a name is text, until its format is named", async (t) => {
  const message = /^column goes with tsv, but standard input is read as text\./;
  await t.throwsAsync(count(lines(), EN, { read: { column: 2 }, readTarget: {} }), refusedAs(message));
});

test("sentences that need no reading, and texts of vectors, leave nothing to options of reading", async (t) => {
  const vectors = join(temporaryFolder(t), "de.npy");
  await embedFile(DE, vectors, { encoder });
  const only = { readTarget: {} };
  await t.throwsAsync(
    count(["Haus"], EN, { read: { format: "tsv" }, ...only }),
    refusedAs(/^format goes with a text, but source is there already, a sentence each\. Leave it out\.$/),
  );
  await t.throwsAsync(
    count(vectors, EN, { read: { column: 1 }, ...only }),
    refusedAs(
      /^column goes with tsv, but the text of .*de\.npy is read as when it was embedded\. Leave it out\.$/,
    ),
  );
  t.true((await count(vectors, EN, { read: { onError: "skip" }, ...only })) > 0);
});

test("embed, criss, evaluate bucc and evaluate parity refuse the same", async (t) => {
  const folder = temporaryFolder(t);
  const read = { column: 2 };
  const message = refusedAs(/^column goes with tsv, but .*samples\/town\.de is read as/);
  await t.throwsAsync(embedFile(DE, join(folder, "de.npy"), { encoder, read }), message);
  const run = join(folder, "run");
  await t.throwsAsync(criss({ de: DE, en: EN }, { run, encoder: "ngram", read }).next(), message);
  const task = { name: "de-en", source: DE, target: EN, gold: "samples/town.de-en.gold" };
  await t.throwsAsync(evaluateBucc([task], { encoder, read }), message);
  await t.throwsAsync(evaluateParity("builtin", "builtin", DE, { read }), message);
});

const LINES = ["abab", "cdcd €", "", "efef 😀", "ghgh"];

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function* inPieces<T extends string | Uint8Array>(text: T, size: number): AsyncGenerator<T> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size) as T;
}

async function* rows(items: Iterable<string>) {
  let key = 100n;
  for (const text of items) yield { text, id: key++, url: `page/${text[0]}` };
}

const mined = async (source: TextSource, options: MineOptions = {}, target: TextSource = LINES) => {
  const pairs: ScoredPair[] = [];
  for await (const pair of mine(source, target, { encoder, ...options })) pairs.push(pair);
  return pairs;
};

const linesOf = (pairs: ScoredPair[]) => pairs.map(({ source }) => [source.lines, source.text]);

function fileOf(t: ExecutionContext, content = LINES.map((line) => `${line}\n`).join("")): string {
  const path = join(temporaryFolder(t), "text");
  writeFileSync(path, content);
  return path;
}

/** The same lines in every form that a program may have them in. */
const FORMS: Record<string, (path: string) => TextSource> = {
  bytes: (path) => readFileSync(path),
  "a stream of bytes": (path) => createReadStream(path, { highWaterMark: 3 }),
  "a stream with an encoding": (path) => createReadStream(path, { highWaterMark: 3, encoding: "utf8" }),
  "a web stream of bytes": (path) =>
    Readable.toWeb(createReadStream(path, { highWaterMark: 3 })) as ReadableStream<Uint8Array>,
  "a web stream of text": (path) =>
    Readable.toWeb(createReadStream(path, { highWaterMark: 3 })).pipeThrough(
      new TextDecoderStream() as never,
    ) as ReadableStream<string>,
  "a web stream whose pieces end within a character": (path) =>
    Readable.toWeb(Readable.from(inPieces(readFileSync(path, "utf8"), 1))) as ReadableStream<string>,
  "an async generator of bytes": (path) => inPieces(readFileSync(path), 3),
  readline: (path) => createInterface({ input: createReadStream(path) }),
  "an array": () => LINES,
  "a generator": () => new Set(LINES).values(),
  "an async generator": () => each(LINES),
  "a stream of objects": () => Readable.from(LINES),
  records: () => each(LINES.map((text) => ({ text }))),
  "rows of a database": () => rows(LINES),
  batches: (path) => readSentences(path),
  "batches of strings": () => [LINES.slice(0, 2), LINES.slice(2)],
};

for (const [form, open] of Object.entries(FORMS))
  test(`the same pairs are mined from ${form} as from a file, with a run folder and without`, async (t) => {
    const path = fileOf(t);
    const expected = linesOf(await mined(path));
    t.deepEqual(expected.map(([[line]]) => line).sort(), [1, 2, 4, 5]);
    t.deepEqual(linesOf(await mined(open(path))), expected);
    const run = join(temporaryFolder(t), "run");
    t.deepEqual(linesOf(await mined(open(path), { run })), expected);
    t.deepEqual(
      readdirSync(run).filter((name) => name.includes("spool")),
      [],
    );
    const kept: string[] = [];
    const onEvent = (event: JobEvent) =>
      event.kind === "stage" && event.what === "kept" && kept.push(event.stage);
    t.deepEqual(linesOf(await mined(open(path), { run, onEvent })), expected);
    t.true(kept.includes("source"));
  });

test("records have identifiers of several types, and fields by name, in order or of their own", async (t) => {
  const read = { fields: ["url", "site.name"] };
  const records = [
    { text: "abab", id: 7, url: new URL("http://a.example/"), site: { name: "A" } },
    { text: "cdcd", id: null, fields: { url: "u", "site.name": 2 } },
    { text: "efef", id: "x", fields: ["v", ""] },
  ];
  const pairs = await mined(each(records as never[]), { read }, ["abab", "cdcd", "efef"]);
  const found = pairs.map(({ source }) => source).sort((a, b) => a.lines[0] - b.lines[0]);
  t.deepEqual(
    found.map(({ ids }) => ids),
    [["7"], [""], ["x"]],
  );
  t.deepEqual(found[0].fields, { url: ["http://a.example/"], "site.name": ["A"] });
  t.deepEqual(found[1].fields, { url: ["u"], "site.name": ["2"] });
  t.deepEqual(found[2].fields, { url: ["v"], "site.name": [""] });
});

test("an element that is no text is an error with the side's name and its number, in batches too", async (t) => {
  const wrong: [unknown, RegExp][] = [
    [5, /^source:?.* element 3 is a number; expected a sentence/],
    [undefined, /element 3 is undefined/],
    [null, /element 3 is null/],
    [{ content: "x" }, /element 3 has no text; expected a string in "text"/],
    [{ text: 5 }, /element 3 has a text that is a number/],
    [{ text: "x", id: {} }, /element 3 has an id that is an object/],
    [{ text: "x", line: 0 }, /element 3 has a line that is 0; expected a whole number from 1/],
    [Buffer.from("x"), /element 3 is bytes/],
  ];
  for (const [element, message] of wrong) {
    const items = ["abab", "cdcd", element] as string[];
    for (const source of [items, each(items), [items], each([items])])
      await t.throwsAsync(() => mined(source), { instanceOf: InputError, message });
  }
  await t.throwsAsync(() => mined(each([Buffer.from("ab\n"), 5]) as never), {
    message: /^source.*element 2 is a number; expected bytes or a string/,
  });
  for (const source of [5, undefined, null, {}, Promise.resolve(LINES), () => LINES])
    await t.throwsAsync(() => mined(source as never), {
      instanceOf: OptionError,
      message: /^source is .*; expected a path, bytes, a stream, or an iterable of strings/,
    });
});

test("the lines of an interface of readline are kept from the call on, though they are asked for later", async (t) => {
  const lines = () => createInterface({ input: Readable.from([Buffer.from("abab\ncdcd\n")]) });
  const input = lines();
  const pairs = mine(input, ["abab", "cdcd"], { encoder });
  await once(input, "close");
  const found: ScoredPair[] = [];
  for await (const pair of pairs) found.push(pair);
  t.is(found.length, 2);
  const other = lines();
  const batches = readSentences(other);
  await once(other, "close");
  t.like((await batches.next()).value, [{ text: "abab" }, { text: "cdcd" }]);
});

test("an interface of readline that has ended is refused, since it would never tell", async (t) => {
  const input = createInterface({ input: Readable.from([Buffer.from("one\n")]) });
  await once(input, "close");
  await t.throwsAsync(() => mined(input), {
    instanceOf: OptionError,
    message: /^source is an interface of node:readline that is closed already/,
  });
});

test("a record that is no text can be skipped", async (t) => {
  const skipped: string[] = [];
  const read = { onError: "skip", onSkip: (error: Error) => skipped.push(error.message) } as const;
  const pairs = await mined(each(["abab", 5 as never, "ghgh"]), { read });
  t.deepEqual(pairs.flatMap(({ source }) => source.lines).sort(), [1, 3]);
  t.is(skipped.length, 1);
});

test("a source is gone through once, closed when the work ends early, and its errors are passed on as they are", async (t) => {
  const ends: string[] = [];
  const source = async function* (error?: Error) {
    try {
      yield "abab";
      if (error) throw error;
      yield "cdcd";
    } finally {
      ends.push("closed");
    }
  };
  const refused = Object.assign(new Error("gone"), { code: "ECONNRESET", syscall: "read" });
  for (const run of [undefined, join(temporaryFolder(t), "run")]) {
    t.is(await t.throwsAsync(() => mined(source(refused), { run })), refused as never);
    t.is(ends.splice(0).length, 1);
  }
  for await (const _ of readSentences(source())) break;
  t.deepEqual(ends.splice(0), ["closed"]);
  await t.throwsAsync(() => mined(source(), { read: { column: 2 } }), {
    instanceOf: OptionError,
    message: /column goes with .*, but source is (there already|read as text)/,
  });
  const stream = Readable.from(["abab", 5]);
  await t.throwsAsync(() => mined(stream), { instanceOf: InputError });
  t.true(stream.destroyed);
  const file = createReadStream(fileOf(t), { encoding: "utf8" });
  for await (const _ of readSentences(file)) break;
  t.true(file.destroyed);
});

test("a format with sentences of an async iterable is refused once they are known to be sentences", async (t) => {
  const ended: boolean[] = [];
  const sentences = async function* () {
    try {
      yield "abab";
    } finally {
      ended.push(true);
    }
  };
  await t.throwsAsync(() => mined(sentences(), { read: { format: "jsonl" } }), {
    instanceOf: OptionError,
    message: "format goes with a text, but source is there already, a sentence each. Leave it out.",
  });
  t.deepEqual(ended, [true]);
  const pairs = await mined(each([Buffer.from('{"text":"abab"}\n')]), {
    read: { format: "jsonl" },
    readTarget: {},
  });
  t.deepEqual(linesOf(pairs), [[[1], "abab"]]);
});

test("a sentence with line breaks stays one, and a note tells it", async (t) => {
  const notes: string[] = [];
  const onNote = ({ message }: { message: string }) => notes.push(message);
  const texts: string[] = [];
  for await (const batch of readSentences(["one\ntwo", "three\n"], { onNote, name: "rows" }))
    texts.push(...batch.map(({ text }) => text));
  t.deepEqual(texts, ["one\ntwo", "three\n"]);
  t.deepEqual(notes, [
    "rows: element 1 has a line break, and is one sentence. A text with a sentence a line is to be given as bytes.",
  ]);
});

test("pieces of a stream that may have been meant for sentences are told of", async (t) => {
  const notesOf = async (source: TextSource) => {
    const notes: string[] = [];
    const onNote = ({ message }: { message: string }) => notes.push(message);
    for await (const _ of readSentences(source, { onNote, name: "rows" }));
    return notes;
  };
  const stream = (pieces: string[]) => Readable.toWeb(Readable.from(pieces)) as ReadableStream<string>;
  t.deepEqual(await notesOf(stream(["one", "two"])), [
    "rows: its 2 pieces of text have no line break, so they are one sentence. Sentences are to be given in an array or an async iterable.",
  ]);
  t.deepEqual(await notesOf(stream(["one\n", "two"])), []);
  t.deepEqual(await notesOf(stream(["one"])), []);
});

test("sentences are embedded as the lines of a file are, a row each; records by their lines, in order", async (t) => {
  const folder = temporaryFolder(t);
  const [one, other, sparse] = ["one.npy", "other.npy", "sparse.npy"].map((name) => join(folder, name));
  await embedFile(fileOf(t), one, { encoder });
  t.is((await embedFile(each(LINES), other, { encoder })).rows, LINES.length);
  t.deepEqual(readFileSync(other), readFileSync(one));
  t.is((await embedFile([{ text: "ab", line: 2 }], sparse, { encoder })).rows, 2);
  const unordered = [
    { text: "ab", line: 2 },
    { text: "cd", line: 2 },
  ];
  await t.throwsAsync(() => embedFile(unordered, join(folder, "none.npy"), { encoder }), {
    instanceOf: InputError,
    message: /comes after line 2; expected records in the order of their lines/,
  });
});

test("neighbourhoods of a bitext may be iterables, and count as those of files", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "out"));
  const beside = fileOf(t, "abcd\nbbcd\n");
  const bitext = Buffer.from("abab\tabcc\ncdcd\tccdd\n");
  const scored = async (name: string, source: TextSource) => {
    const output = join(folder, "out", name);
    await scoreBitext(bitext, output, { encoder, neighbourhood: { source } });
    return readFileSync(output, "utf8");
  };
  const expected = await scored("file.tsv", beside);
  t.is(await scored("rows.tsv", each(["abcd", "bbcd"])), expected);
  t.is(await scored("set.tsv", new Set(["abcd", "bbcd"])), expected);
  t.not(await scored("none.tsv", []), expected);
});

test("a bitext is read from lines as from bytes", async (t) => {
  const pairs: string[][] = [];
  for await (const batch of readPairs(each(["a\tb", "c\td"])))
    pairs.push(...batch.map(({ source, target }) => [source, target]));
  t.deepEqual(pairs, [
    ["a", "b"],
    ["c", "d"],
  ]);
});

test("xsim is measured of two arrays of lines", async (t) => {
  const report = await evaluateXsim(["abab", "cdcd", "efef"], each(["baba", "dcdc", "fefe"]), {
    encoder,
    k: 1,
  });
  t.deepEqual(
    report.rows.map(({ figures }) => figures.xsim.value),
    [0, 0],
  );
  await t.throwsAsync(() => evaluateXsim(["abab"], ["baba", "dcdc"], { encoder }), {
    message: /^source:? .*has 1 lines, but target has 2/,
  });
});

import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { PairInput, ReadPairsOptions } from "../../../src/read/pairs/read-pairs.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import type { Pair } from "../../../src/types/bitexts.js";
import { formatPairJsonl } from "../../../src/write/pairs/jsonl.js";
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

test("two files that are no lines of text are refused, by either's first bytes or a name of CSV", async (t) => {
  const refused: [text: string, message: RegExp][] = [
    ['<?xml version="1.0"?>\n<tmx version="1.4">\n', /line 1: begins as XML; .* which is given alone\.$/],
    ['<xliff version="1.2">\n', /begins as XML/],
    ['{"source":"a","target":"b"}\n', /line 1: begins as JSON; expected a sentence a line\. Give a bitext/],
    ['[\n {"source": "a"}]\n', /begins as JSON/],
    ['<refset setid="wmt19" srclang="any" trglang="en">\n', /begins as WMT's SGML/],
  ];
  for (const [text, message] of refused) {
    await t.throwsAsync(read([inChunks(text, 3), inChunks("a\n")]), { instanceOf: InputError, message });
    await t.throwsAsync(read([inChunks("a\n"), inChunks(text)], { format: "moses" }), { message });
  }
  const csv = await writeFixture(t, "pairs.csv", "source,target\n");
  for (const format of [undefined, "moses"] as const)
    await t.throwsAsync(read([csv, csv], { format }), {
      instanceOf: InputError,
      message: /pairs\.csv: its name says \.csv; .* a bitext in CSV is given alone\.$/,
    });
  const plain = '[Music]\n<i>Hello</i>\n{ "Hello", he said\n';
  for (const text of [plain, plain.slice(8), plain.slice(21)])
    t.deepEqual((await read([inChunks(text), inChunks(text)]))[0].source, text.split("\n")[0]);
});

test("one file of XML that is no bitext, or of SGML, is said to be that and not to lack a column", async (t) => {
  await t.throwsAsync(
    read(inChunks('<?xml version="1.0"?>\n<dataset id="wmt21">\n'), { name: "wmt21.xml" }),
    {
      instanceOf: InputError,
      message:
        "wmt21.xml, line 1: begins as XML; expected source⇥target. Take its texts out first; with convert, if it is a bitext in TMX, XLIFF or XCES, which is given alone.",
    },
  );
  await t.throwsAsync(read(inChunks('<srcset setid="wmt19">\n')), {
    message: /begins as WMT's SGML; expected source/,
  });
  t.is((await read(inChunks('<?xml version="1.0"?>\tXML begins so\n')))[0].target, "XML begins so");
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

const MILLS = '{ "source": "die Mühle", "target": "the mill", "score": 0.50, "id": 12345678901234567890 }';
const RIVERS = '{"target": "the } river", "source": "der\\n{Fluss"}';

test("a JSON array is a pair an element, however its bytes arrive, and is written with all its digits", async (t) => {
  const array = `[\n  ${MILLS.replaceAll(",", ",\n   ")},\n  ${RIVERS}\n]\n`;
  for (const size of [1, 5, 1000]) {
    const pairs = await read(inChunks(array, size), { format: "json" });
    t.deepEqual(texts(pairs), [
      ["die Mühle", "the mill", 0.5],
      ["der\n{Fluss", "the } river", undefined],
    ]);
    t.deepEqual(
      pairs.map((pair) => formatPairJsonl(pair)),
      [
        '{"source":"die Mühle","target":"the mill","score":0.50,"id":12345678901234567890}\n',
        '{"target":"the } river","source":"der\\n{Fluss"}\n',
      ],
    );
  }
});

test("an element that is no pair, or an array that breaks off, names the element", async (t) => {
  const json = (text: string, options: ReadPairsOptions = {}) =>
    read(inChunks(text), { format: "json", ...options });
  await t.throwsAsync(json(`[${MILLS}, {"source": "x"}]`), {
    message: /element 2: field "target" is missing; expected a text/,
  });
  await t.throwsAsync(json(`[${MILLS}, ["a", "b"]]`), {
    message: /element 2: is an array; expected an object/,
  });
  await t.throwsAsync(json(`[${MILLS}, {"source"`), { message: /broken in element 2/ });
  const skipped: InputError[] = [];
  const pairs = await json(`[${MILLS}, {"source": "x"}, 7, ${RIVERS}, {`, {
    onError: "skip",
    onSkip: (error) => skipped.push(error),
  });
  t.deepEqual([pairs.length, skipped.length], [2, 3]);
});

for (const format of ["json", "jsonl"] as const) {
  const write = (...records: readonly object[]) =>
    format === "json" ? JSON.stringify(records) : records.map((one) => JSON.stringify(one)).join("\n");

  test(`${format}: a translation of two languages is a pair, which is told`, async (t) => {
    const notes: string[] = [];
    const records = [
      { id: "0", translation: { de: "Haus", en: "house" } },
      { id: "1", translation: { en: "mouse", de: "Maus" } },
    ];
    const onNote: ReadPairsOptions["onNote"] = ({ message }) => notes.push(message);
    t.deepEqual(texts(await read(inChunks(write(...records)), { format, onNote })), [
      ["Haus", "house", undefined],
      ["Maus", "mouse", undefined],
    ]);
    t.is(notes.length, 1);
    t.regex(notes[0], /the fields translation\.de and translation\.en/);
    const turned = await read(inChunks(write(...records)), { format, languages: ["en", "de"] });
    t.deepEqual(texts(turned)[0], ["house", "Haus", undefined]);
  });

  test(`${format}: of several languages those are read that are asked for`, async (t) => {
    const record = { translation: { de: "Haus", fr: "maison", en_GB: "house" } };
    const input = () => inChunks(write(record));
    t.deepEqual(texts(await read(input(), { format, languages: ["fr", "en"] })), [
      ["maison", "house", undefined],
    ]);
    await t.throwsAsync(read(input(), { format }), { message: /field "source" is missing/ });
  });

  test(`${format}: fields of known names, or named by a language, are a pair`, async (t) => {
    for (const record of [
      { id: "x", src: "Haus", tgt: "house" },
      { id: "x", url: "y", de: "Haus", en: "house" },
      { sourceLang: "deu", targetLang: "eng", sourceString: "Haus", targetString: "house" },
    ])
      t.deepEqual(texts(await read(inChunks(write(record)), { format })), [["Haus", "house", undefined]]);
    await t.throwsAsync(read(inChunks(write({ text: "Haus", other: "house" })), { format }), {
      message: /field "source" is missing/,
    });
  });
}

test("JSON is recognised by its beginning, whatever the name, and from a stream", async (t) => {
  const array = `[\n${MILLS},\n${RIVERS}]`;
  const lines = `${MILLS}\n${RIVERS}\n`;
  for (const [name, text] of [
    ["a.json", array],
    ["b.json", lines],
    ["c.txt", array],
    ["d", lines],
    ["e.jsonl", array],
    ["f.tsv", lines],
  ])
    t.is((await read(await writeFixture(t, name, text))).length, 2, name);
  for (const text of [array, lines]) t.is((await read(inChunks(text, 3))).length, 2);
});

test("a row of TSV that begins like JSON stays TSV", async (t) => {
  for (const row of ['{"x"}\ty\n', "[\ty\n"])
    for (const input of [inChunks(row, 2), await writeFixture(t, "a.tsv", row)])
      t.deepEqual(texts(await read(input))[0].slice(1), ["y", undefined]);
});

test("an array under a key, an array of arrays and an object of several lines say what they are", async (t) => {
  const told = async (text: string, message: RegExp, format?: "json" | "jsonl") => {
    const error = await t.throwsAsync(
      async () => {
        for await (const _ of readPairs(Readable.from([Buffer.from(text)]), { format, name: "a.json" }));
      },
      { message },
    );
    t.notRegex(String(error?.message), /--fields|fields"? with/);
  };
  await told(
    '{"data": [{"source": "a", "target": "b"}]}',
    /is an object with an array in "data"; .*Write that array alone/,
  );
  await told('{"n": 1, "data": [["a", "b"]]}', /is an object with an array in "data"/, "jsonl");
  await told('[["a", "b"]]', /element 1: is an array; .* Write each pair as such an object/, "json");
  await told('["a", "b"]\n', /line 1: is an array; .* Write each pair as such an object/, "jsonl");
  await told(
    '{\n "data": [\n',
    /line 1: begins an object of several lines; expected a whole one on each line/,
  );
  await told('{"data": [\n', /line 1: begins an object of several lines/, "jsonl");
  await told('{"data": []}', /begins with "\{".*An array inside of an object/, "json");
});

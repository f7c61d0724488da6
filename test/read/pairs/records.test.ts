import { Readable } from "node:stream";
import test from "ava";
import type { InputError } from "../../../src/errors.js";
import type { Pair, PairInput, ReadPairsOptions } from "../../../src/index.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { formatPairJsonl } from "../../../src/write/pairs/jsonl.js";
import { inChunks, writeFixture } from "../_fixtures.js";

async function read(input: PairInput, options: ReadPairsOptions = {}): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const batch of readPairs(input, options)) pairs.push(...batch);
  return pairs;
}

const texts = (pairs: readonly Pair[]) => pairs.map(({ source, target, score }) => [source, target, score]);

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

import { createReadStream, readFileSync } from "node:fs";
import test from "ava";
import { CrisscrossError, InputError } from "../../../src/errors.js";
import { evaluateLabels } from "../../../src/jobs/evaluate/labels.js";
import type { ReadOptions } from "../../../src/read/input.js";
import type { PairInput, ReadPairsOptions } from "../../../src/read/pairs/read-pairs.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { readSentences } from "../../../src/read/read-sentences.js";
import type { Pair } from "../../../src/types/bitexts.js";
import type { Sentence } from "../../../src/types/texts.js";
import { formatPairJsonl } from "../../../src/write/pairs/jsonl.js";
import { writeFixture } from "../_fixtures.js";
import { read as readDocuments } from "../documents/_read.js";

/** Made with pyarrow by made.py. */
const file = (name: string) => `test/read/parquet/${name}.parquet`;

async function read(input: PairInput, options: ReadPairsOptions = {}): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for await (const batch of readPairs(input, options)) pairs.push(...batch);
  return pairs;
}

async function readTexts(input: string, options: ReadOptions = {}): Promise<Sentence[]> {
  const sentences: Sentence[] = [];
  for await (const batch of readSentences(input, options)) sentences.push(...batch);
  return sentences;
}

const HUB = [
  ["Haus", "house"],
  ["Mühle", "mill"],
  ["", "nothing"],
  ["東京", "Tokyo"],
  ["Fluß\t2", "river\n2"],
];

for (const codec of ["none", "snappy", "gzip", "zstd", "brotli"])
  test(`a translation in several row groups is read, compressed by ${codec}`, async (t) => {
    const pairs = await read(file(`hub-${codec}`));
    t.deepEqual(
      pairs.map(({ source, target }) => [source, target]),
      HUB,
    );
    t.deepEqual(
      pairs.map(({ line }) => line),
      [1, 2, 3, 4, 5],
    );
    t.is(formatPairJsonl(pairs[1]), '{"id":9007199254740994,"translation":{"de":"Mühle","en":"mill"}}\n');
    const turned = await read(file(`hub-${codec}`), { languages: ["en", "de"] });
    t.like(turned[0], { source: "house", target: "Haus" });
  });

test("flat columns of known names are a pair with a score, and keep times and lists", async (t) => {
  const skipped: InputError[] = [];
  const pairs = await read(file("flat"), { onError: "skip", onSkip: (error) => skipped.push(error) });
  t.deepEqual(
    pairs.map(({ source, score }) => [source, score]),
    HUB.map(([source], i) => [source, [0.5, 0.25, 1, undefined, 2][i]]),
  );
  t.is(
    formatPairJsonl(pairs[1]),
    '{"src":"Mühle","tgt":"mill","score":0.25,"when":"1970-01-02T00:00:00.000Z","tags":[]}\n',
  );
  t.regex(skipped[0].message, /row 6: field "src" is null; expected a text/);
  await t.throwsAsync(read(file("flat")), { message: /row 6/ });
});

test("decimals, times and timestamps keep all their digits; what is not finite is null, and told", async (t) => {
  const notes: string[] = [];
  const pairs = await read(file("exact"), { onNote: ({ message }) => notes.push(message) });
  t.deepEqual(
    pairs.map((pair) => formatPairJsonl(pair)),
    [
      '{"source":"a","target":"A","big":12345678901234567890.12,"small":1.50,"us":"1970-01-01T00:00:00.000001Z","ns":"1970-01-01T00:00:01.000000001Z","time":"01:02:03.000004","list":[0.1],"in":{"t":"04:05:06.000"},"float":null}\n',
      '{"source":"b","target":"B","big":-0.05,"small":-7.25,"us":"1969-12-31T23:59:59.999999Z","ns":"1970-01-01T00:00:01.500Z","time":"23:59:59.000","list":[],"in":null,"float":null}\n',
      '{"source":"c","target":"C","big":null,"small":null,"us":null,"ns":null,"time":null,"list":null,"in":{"t":null},"float":-0.5}\n',
    ],
  );
  t.deepEqual(notes, [
    "test/read/parquet/exact.parquet: 2 values are not finite (NaN, infinity); read as null, since JSON has no such numbers.",
  ]);
});

test("decimals and times in maps, and JSON, keep all their digits; a key is a name", async (t) => {
  t.deepEqual(
    (await read(file("nested"))).map((pair) => formatPairJsonl(pair)),
    [
      '{"source":"a","target":"x","json":{"a":12345678901234567890,  "b":1.10},"decimals":{"k":12345678901234567890.12,"l":null},"times":{"k":"01:02:03.000004"},"keys":{"1.50":"b2s="},"bytes":{"/wA=":1},"maps":[{"q":{"k":1.50},"r":null},null]}\n',
      '{"source":"b","target":"y","json":"{bad","decimals":{},"times":null,"keys":{"-0.05":null},"bytes":{},"maps":[]}\n',
    ],
  );
});

test("a column without a type of text is base64 in each row; a text that is not UTF-8 is null, and told", async (t) => {
  const notes: string[] = [];
  const pairs = await read(file("bytes"), { onNote: ({ message }) => notes.push(message) });
  t.deepEqual(
    pairs.map((pair) => formatPairJsonl(pair)),
    [
      '{"source":"a","target":"x","title":"ok","raw":"b2s=","image":{"bytes":"b2s=","path":"a"}}\n',
      '{"source":"b","target":"y","title":null,"raw":"/wA=","image":null}\n',
    ],
  );
  t.deepEqual(notes, [
    "test/read/parquet/bytes.parquet: 1 text is not UTF-8; read as null, since JSON has no other texts.",
  ]);
});

test("bytes are not taken for a text that is needed", async (t) => {
  const message =
    /row 1: field "raw" is bytes without a type of text \(pyarrow: cast it to string\); expected a text/;
  await t.throwsAsync(read(file("bytes"), { fields: ["source", "raw"] }), { message });
  await t.throwsAsync(readTexts(file("bytes"), { field: "raw" }), { message });
  await t.throwsAsync(readDocuments(file("bytes"), { field: "raw" }), { message });
});

test("neither bytes nor what is not UTF-8 is taken for a text in a map", async (t) => {
  const bytes = (field: string) => ({
    message: new RegExp(`row 1: field "${field}" is bytes without a type`),
  });
  await t.throwsAsync(read(file("maps"), { fields: ["m.de", "m.en"] }), bytes("m.de"));
  await t.throwsAsync(readTexts(file("maps"), { field: "m.en" }), bytes("m.en"));
  await t.throwsAsync(readTexts(file("maps"), { field: "years.2024.0.raw" }), bytes("years.2024.0.raw"));
  await t.throwsAsync(readTexts(file("maps"), { field: "m.fr" }), { message: /field "m.fr" is missing/ });
  await t.throwsAsync(readTexts(file("maps"), { field: "texts.de" }), {
    message: /row 1: field "texts.de" is a text that is not UTF-8; expected a text/,
  });
  const [pair] = await read(file("maps"), { fields: ["texts.en", "years.2024.0.text"] });
  t.like(pair, { source: "ok", target: "ok" });
});

/** Of a column's schema: its converted type, and its logical type by that one's number in the union. */
const typed = (converted: number, logical: number) =>
  Buffer.from([0x25, converted << 1, 0x4c, (logical << 4) | 0xc, 0, 0]);
const TYPES = { UTF8: typed(0, 1), ENUM: typed(4, 4), JSON: typed(19, 12), BSON: typed(20, 13) };

test("an enumeration is a text, and BSON is bytes", async (t) => {
  const change = async (name: string, from: Buffer, to: Buffer) => {
    const hex = readFileSync(file(name)).toString("hex").replaceAll(from.toString("hex"), to.toString("hex"));
    return writeFixture(t, `${name}.parquet`, Buffer.from(hex, "hex"));
  };
  t.deepEqual(await readTexts(await change("texts", TYPES.UTF8, TYPES.ENUM)), await readTexts(file("texts")));
  const [, bson] = await read(await change("nested", TYPES.JSON, TYPES.BSON));
  t.is(bson.record?.value.json, Buffer.from("{bad").toString("base64"));
});

test("times that no calendar has are null, and told", async (t) => {
  const notes: string[] = [];
  const pairs = await read(file("far"), { onNote: ({ message }) => notes.push(message) });
  t.deepEqual(
    pairs.map(({ record }) => [record?.value.ms, record?.value.us]),
    [
      [null, null],
      ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z"],
    ],
  );
  t.deepEqual(notes, [
    "test/read/parquet/far.parquet: 2 times are more than 100 million days from 1970; read as null, since no calendar goes so far.",
  ]);
});

test("whole numbers are scores and labels", async (t) => {
  t.deepEqual(
    (await read(file("labelled"))).map(({ score }) => score),
    [2, 1],
  );
  const { rows } = await evaluateLabels(file("labelled"), { labelField: "good" });
  t.is(rows[0].figures.AUC.value, 1);
});

test("a pair keeps its score and its other fields where those of its texts are named", async (t) => {
  const [pair] = await read(file("labelled"), { fields: ["source", "target"] });
  t.is(formatPairJsonl(pair), '{"source":"a","target":"A","score":2,"good":1}\n');
});

test("Parquet is recognised by its first bytes, whatever its name", async (t) => {
  const path = await writeFixture(t, "pairs.tsv", readFileSync(file("hub-snappy")));
  t.is((await read(path)).length, 5);
});

test("Parquet as a stream, or read as another format, is refused with what to do", async (t) => {
  const stream = () => createReadStream(file("hub-snappy"));
  await t.throwsAsync(read(stream()), {
    instanceOf: InputError,
    message: /holds Parquet data, which cannot be read here\. Name the file itself, not a stream/,
  });
  await t.throwsAsync(read(stream(), { format: "parquet" }), { message: /is a stream.*Save it in a file/ });
  await t.throwsAsync(read(file("hub-snappy"), { format: "tsv" }), { message: /with format: "parquet"/ });
});

test("a file that is cut short or is no Parquet is refused", async (t) => {
  const whole = readFileSync(file("hub-none"));
  for (const bytes of [whole.subarray(0, -10), whole.subarray(0, 10), Buffer.from("die Mühle\tthe mill\n")]) {
    const path = await writeFixture(t, "cut.parquet", bytes);
    await t.throwsAsync(read(path, { format: "parquet" }), {
      instanceOf: InputError,
      message: /cut\.parquet: is no Parquet, or is damaged/,
    });
  }
  await t.throwsAsync(read("test/read/parquet/none.parquet"), { message: /no such file/ });
});

for (const codec of ["snappy", "gzip", "zstd", "brotli"])
  test(`a row group of ${codec} that is damaged is told, and is left out with skip`, async (t) => {
    const bytes = readFileSync(file(`hub-${codec}`));
    // The first pages: of the first row group.
    bytes.fill(0xff, 30, 60);
    const path = await writeFixture(t, "damaged.parquet", bytes);
    await t.throwsAsync(read(path), { message: /row group 1, rows 1 to 2, cannot be read/ });
    const pairs = await read(path, { onError: "skip" });
    t.deepEqual(
      pairs.map(({ source }) => source),
      HUB.slice(2).map(([source]) => source),
    );
  });

for (const name of ["hub-snappy", "nested"])
  test(`whatever is damaged of the index, rows or a sentence come of it: ${name}`, async (t) => {
    const whole = readFileSync(file(name));
    const index = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
    for (let byte = index; byte < whole.length; byte += 31) {
      const bytes = Buffer.from(whole);
      bytes[byte] ^= 0xff;
      const path = await writeFixture(t, "damaged.parquet", bytes);
      const error = await read(path, { format: "parquet" }).then(
        () => undefined,
        (error: Error) => error,
      );
      if (error === undefined) continue;
      t.true(error instanceof CrisscrossError, `byte ${byte}: ${error.stack}`);
      t.notRegex(error.message, /undefined|is not a function|Cannot read/);
    }
  });

test("a compression that is not read is refused by its name, and never skipped", async (t) => {
  for (const onError of ["stop", "skip"] as const)
    await t.throwsAsync(readTexts(file("lz4"), { onError }), {
      instanceOf: InputError,
      message:
        /lz4\.parquet: is compressed by LZ4_RAW; expected snappy, gzip, zstd or brotli\. Write it again with one of these/,
    });
});

test("of a row group that cannot be read each row counts as skipped", async (t) => {
  const bytes = readFileSync(file("hub-zstd"));
  // The first of its groups, of two rows, begins behind PAR1.
  const damaged = await writeFixture(t, "damaged.parquet", bytes.fill(0xff, 4, 60));
  const skipped: InputError[] = [];
  const pairs = await read(damaged, { onError: "skip", onSkip: (error) => skipped.push(error) });
  t.deepEqual(
    pairs.map(({ line }) => line),
    [3, 4, 5],
  );
  t.is(skipped.length, 2);
  t.regex(skipped[0].message, /row group 1, rows 1 to 2, cannot be read/);
});

test("bytes that are no UTF-8 are an error, not a replaced character", async (t) => {
  const fields = ["source", "target"] as const;
  await t.throwsAsync(read(file("bad-utf8"), { fields }), {
    message: /row 2: field "source" is a text that is not UTF-8; expected a text/,
  });
  t.is((await read(file("bad-utf8"), { onError: "skip" })).length, 1);
});

test("a column of texts is read as sentences, with its identifier", async (t) => {
  t.deepEqual(await readTexts(file("texts")), [
    { text: "Eins.\nZwei.", line: 1, id: "x" },
    { text: "Drei.", line: 2, id: "y" },
  ]);
  t.deepEqual(
    (await readTexts(file("hub-gzip"), { field: "translation.en", fields: ["id"] })).map(
      ({ text, id, fields }) => [text, id, fields],
    )[0],
    ["house", "9007199254740993", ["9007199254740993"]],
  );
  await t.throwsAsync(readTexts(file("hub-gzip")), { message: /row 1: field "text" is missing/ });
});

test("rows are documents, whatever a preset says of its format", async (t) => {
  for (const options of [{}, { preset: "fineweb" as const }, { format: "parquet" as const }])
    t.deepEqual(
      (await readDocuments(file("texts"), options)).documents.map(({ blocks, url, id }) => [
        blocks.length,
        url,
        id,
      ]),
      [
        [2, "https://a.org", "x"],
        [1, "https://b.org", "y"],
      ],
    );
});

import { gzipSync } from "node:zlib";
import test from "ava";
import { InputError } from "../../src/errors.js";
import type { ReadOptions } from "../../src/read/input.js";
import { inChunks, read, readTexts } from "./_fixtures.js";

/** The same records as JSON Lines and as one array. */
function asDocument(format: "jsonl" | "json", records: unknown[]): string {
  return format === "json"
    ? JSON.stringify(records)
    : records.map((record) => JSON.stringify(record)).join("\n");
}

for (const format of ["jsonl", "json"] as const) {
  const readRecords = (records: unknown[], options: ReadOptions = {}) =>
    read(inChunks(asDocument(format, records)), { format, ...options });
  const place = format === "json" ? "standard input: element 2: " : "standard input, line 2: ";

  test(`${format} takes text and id, and an id may be a number or absent`, async (t) => {
    const records = [
      { text: "é\n🙂", id: "a" },
      { text: "two", id: 7 },
      { text: "three" },
      "bare",
      { text: "5", id: {} },
    ];
    const { sentences } = await readRecords(records);
    t.deepEqual(sentences, [
      { text: "é\n🙂", line: 1, id: "a" },
      { text: "two", line: 2, id: "7" },
      { text: "three", line: 3 },
      { text: "bare", line: 4 },
      { text: "5", line: 5 },
    ]);
  });

  test(`${format} takes fields by their path`, async (t) => {
    const records = [{ content: { text: "one" }, pages: [{ text: "two", key: 0.5 }] }];
    t.deepEqual((await readRecords(records, { field: "content.text" })).sentences, [
      { text: "one", line: 1 },
    ]);
    const { sentences } = await readRecords(records, { field: "pages.0.text", idField: "pages.0.key" });
    t.deepEqual(sentences, [{ text: "two", line: 1, id: "0.5" }]);
  });

  const MISMATCHES: [record: unknown, options: ReadOptions, message: string][] = [
    [{ body: "x" }, {}, 'field "text" is missing; expected a text'],
    [{ text: null }, {}, 'field "text" is null; expected a text'],
    [{ text: 3 }, {}, 'field "text" is a number; expected a text'],
    [{ text: true }, {}, 'field "text" is a boolean; expected a text'],
    [{ text: {} }, {}, 'field "text" is an object; expected a text'],
    [{ text: ["x"] }, {}, 'field "text" is an array; expected a text'],
    [{ text: { length: 1 } }, { field: "text.size" }, 'field "text.size" is missing; expected a text'],
    [{ text: "x" }, { field: "text.length" }, 'field "text.length" is missing; expected a text'],
    [{ text: "x" }, { field: "constructor" }, 'field "constructor" is missing; expected a text'],
    [["x"], {}, 'is an array; expected an object with a text in field "text"'],
    [null, {}, "is null; expected an object with a text"],
    [12, {}, "is a number; expected an object with a text"],
    [{ text: "x" }, { idField: "key" }, 'field "key" is missing; expected an identifier'],
    [{ text: "x", key: false }, { idField: "key" }, 'field "key" is a boolean; expected an identifier'],
    ["bare", { idField: "key" }, "is a string; expected an object with an identifier"],
  ];
  for (const [record, options, message] of MISMATCHES) {
    test(`${format}: ${JSON.stringify(record)} with ${JSON.stringify(options)}: ${message}`, async (t) => {
      const field = options.field ?? "text";
      const key = field.split(".");
      // Two records that pass, before and after.
      const good = { ...key.reduceRight<unknown>((value, name) => ({ [name]: value }), "good")!, key: "k" };
      const records = [good, record, good];
      const error = await t.throwsAsync(readRecords(records, options), { instanceOf: InputError });
      t.true(error?.message.startsWith(place + message), error?.message);
      // Where there are no fields, the name of another one is no help.
      t.is(/Name the right one/.test(error!.message), message.startsWith("field"), error!.message);
      const { sentences, skipped } = await readRecords(records, { ...options, onError: "skip" });
      t.deepEqual(
        sentences.map(({ text, line }) => [text, line]),
        [
          ["good", 1],
          ["good", 3],
        ],
      );
      t.deepEqual(skipped.map(String), [String(error)]);
    });
  }

  test(`${format} gives all digits of a number, also those that a double does not hold`, async (t) => {
    // 2⁵³ + 1 and 2⁶³ − 1; each lies between two doubles.
    const record =
      '{"text":"x","id":9007199254740993,"on":{"page":[-9223372036854775807]},"n":1152921504606846976}';
    const { sentences } = await read(inChunks(format === "json" ? `[${record}]` : record), {
      format,
      fields: ["on.page.0", "n", "on"],
    });
    const [{ id, fields }] = sentences;
    t.is(id, "9007199254740993");
    t.deepEqual(fields?.slice(0, 2), ["-9223372036854775807", "1152921504606846976"]);
    t.regex(fields![2], /-9223372036854775807/);
  });
}

test("blank lines of JSON Lines hold nothing but are counted", async (t) => {
  const { sentences } = await read(inChunks('\uFEFF\n{"text":"a"}\r\n  \t\n{"text":"b"}'), {
    format: "jsonl",
  });
  t.deepEqual(sentences, [
    { text: "a", line: 2 },
    { text: "b", line: 4 },
  ]);
});

test("a line that is not JSON is an error with the parser's reason", async (t) => {
  const lines = '{"text":"a"}\n{"text":}\n{"text":"c"}';
  const error = await t.throwsAsync(read(inChunks(lines), { format: "jsonl" }), { instanceOf: InputError });
  t.regex(error?.message ?? "", /^standard input, line 2: is not JSON \(Unexpected token/);
  t.true(error?.cause instanceof SyntaxError);
  const { sentences, skipped } = await read(inChunks(lines), { format: "jsonl", onError: "skip" });
  t.deepEqual(
    sentences.map(({ line }) => line),
    [1, 3],
  );
  t.is(skipped.length, 1);
});

const ARRAY = '\uFEFF [ {"text": "one, \\"}] é", "n": [1, {}]} ,\n"two" , "", {"text":"日本"}\n] \n';

test("a JSON array is read the same wherever a chunk ends", async (t) => {
  const bytes = Buffer.byteLength(ARRAY);
  for (let size = 1; size <= bytes; size++) {
    const { sentences } = await read(inChunks(ARRAY, size), { format: "json" });
    t.deepEqual(
      sentences,
      ['one, "}] é', "two", "", "日本"].map((text, i) => ({ text, line: i + 1 })),
    );
  }
});

test("an empty JSON array and a blank document hold nothing", async (t) => {
  for (const text of ["[]", " [ ] ", " \n", "\uFEFF"])
    t.deepEqual(await readTexts(inChunks(text), { format: "json" }), []);
});

test("a JSON document that is no array is an error that says so, also with skip", async (t) => {
  for (const text of ['{"text": "a"}\n{"text": "b"}', '"a"', "12", "hello"]) {
    await t.throwsAsync(read(inChunks(text), { format: "json", onError: "skip" }), {
      instanceOf: InputError,
      message: /^standard input: is not a JSON array: it begins with ".*format: "jsonl"/,
    });
  }
});

/** What follows a thousand elements, how many of its own are whole, and where in it the fault is. */
const BROKEN: [name: string, tail: string, whole: number, fault: number, reason: RegExp][] = [
  ["cut between elements", '"a", "b",', 2, 9, /not closed|expected a value/],
  ["cut inside an element", '{"text":"a"},{"text":"b', 1, 23, /not closed/],
  ["cut before the bracket", '"a"', 1, 3, /not closed/],
  ["without a comma between objects", '{"text":"a"} {"text":"b"}]', 1, 13, /expected ','/],
  ["without a comma between strings", '"a" "b"]', 1, 4, /expected ','/],
  ["with a wrong bracket", '{"text":"a"},{"text":"b"]]', 1, 24, /expected '}'/],
  ["with a comma too many", '"a",]', 1, 4, /expected a value|unexpected token/],
  ["with a wrong escape", '"a", "\\q"]', 1, 6, /escaped characters/],
  ["with a broken word", '"a", tru', 1, 5, /expected a value/],
  ["with something behind it", '"a"] x', 1, 5, /unexpected characters/],
];
for (const [name, tail, whole, fault, reason] of BROKEN) {
  test(`a JSON array ${name} is an error that tells the place, and keeps the elements before with skip`, async (t) => {
    const head = `[${'{"text":"é"},'.repeat(100)}`;
    for (const size of [1, 10, Infinity]) {
      const input = () => inChunks(head + tail, size);
      const options = { format: "json", name: "a.json" } as const;
      const { message, place } = (await t.throwsAsync<InputError>(read(input(), options)))!;
      t.regex(
        message,
        new RegExp(`^a\\.json, byte \\d+: the JSON array is broken in element ${101 + whole} \\(`),
      );
      t.regex(message, reason);
      t.true(Math.abs(place.byte! - Buffer.byteLength(head) - fault) <= 16, message);

      const { sentences, skipped } = await read(input(), { ...options, onError: "skip" });
      t.is(sentences.length, 100 + whole);
      t.is(skipped.length, 1);
      t.deepEqual(skipped[0].place, place);
    }
  });
}

test("a JSON array with invalid UTF-8 is read up to the bad byte", async (t) => {
  const input = Buffer.from('["a", "\xc3\xa9", "caf\xe9", "d"]', "latin1");
  for (const size of [1, 2, Infinity]) {
    const { sentences, skipped } = await read(inChunks(input, size), { format: "json", onError: "skip" });
    t.deepEqual(
      sentences.map(({ text }) => text),
      ["a", "é"],
    );
    t.deepEqual(
      skipped.map(({ place }) => place),
      [{ path: "standard input", byte: 16 }],
    );
  }
  const cut = Buffer.from('["a", "\xc3', "latin1");
  const error = await t.throwsAsync(read(inChunks(cut), { format: "json" }), { instanceOf: InputError });
  t.is(
    error?.message,
    'standard input, byte 7: invalid UTF-8 (0xC3). Convert the file to UTF-8, or pass onError: "skip".',
  );
});

test("a JSON array in a gzip that is cut short keeps the elements before the cut with skip", async (t) => {
  const texts = Array.from({ length: 5000 }, (_, i) => `text ${i * 7919}`);
  const packed = gzipSync(JSON.stringify(texts.map((text) => ({ text }))));
  const cut = packed.subarray(0, packed.length / 2);
  const { sentences, skipped } = await read(inChunks(cut), { format: "json", onError: "skip" });
  t.true(sentences.length > 1000);
  t.deepEqual(
    sentences.map(({ text }) => text),
    texts.slice(0, sentences.length),
  );
  t.regex(skipped[0].message, /the gzip data are cut short/);
  t.is(skipped.length, 1);
});

test("an element longer than 16 MiB is an error that names it", async (t) => {
  async function* source() {
    yield Buffer.from('["a", "');
    for (let i = 0; i < 17; i++) yield Buffer.alloc(1024 * 1024, "x");
  }
  await t.throwsAsync(read(source(), { format: "json" }), {
    instanceOf: InputError,
    message: /broken in element 2 \(it is longer than 16 MiB\)/,
  });
});

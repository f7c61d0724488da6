import { gzipSync } from "node:zlib";
import test from "ava";
import { InputError, OptionError } from "../../../src/errors.js";
import type { DocumentOptions } from "../../../src/read/documents/document-options.js";
import type { Preset } from "../../../src/read/documents/presets.js";
import { inChunks, writeFixture } from "../_fixtures.js";
import { read } from "./_read.js";

const URL = "http://example.org/";
const ID = "<urn:uuid:1234>";

const PUBLISHED: readonly [Preset, record: object][] = [
  ["oscar", { content: "a\nb", warc_headers: { "warc-target-uri": URL, "warc-record-id": ID }, id: 7 }],
  ["hplt", { id: "1234", text: "a\nb", url: URL, document_lang: "de" }],
  ["hplt", { id: "1234", text: "a\nb", u: URL, f: "./1.warc.gz" }],
  ["fineweb", { text: "a\nb", id: ID, dump: "CC-MAIN-2024-10", url: URL }],
  ["fineweb", { text: "a\nb", id: ID, metadata: { url: URL } }],
];

for (const [preset, record] of PUBLISHED) {
  test(`${preset} is read by its own fields: ${Object.keys(record)}`, async (t) => {
    const lines = `${JSON.stringify(record)}\n`;
    t.deepEqual((await read(inChunks(lines), { preset })).documents, [
      { blocks: ["a", "b"], offset: 1, url: URL, id: "1234" },
    ]);
  });
}

test("mC4 has an address and no identifier", async (t) => {
  const line = JSON.stringify({ text: "a", timestamp: "2020-01-01T00:00:00Z", url: URL });
  t.deepEqual((await read(inChunks(line), { preset: "mc4" })).documents, [
    { blocks: ["a"], offset: 1, url: URL, id: undefined },
  ]);
});

test("CC-100 and plain text have a line a block and a blank line between documents", async (t) => {
  const text = "\nFirst.\nSecond. \n\n \nThird.\r\n\r\n{not JSON}\n";
  for (const options of [{ preset: "cc100" }, { format: "text" }, {}] satisfies DocumentOptions[]) {
    t.deepEqual((await read(inChunks(text, 5), options)).documents, [
      { blocks: ["First.", "Second."], offset: 2 },
      { blocks: ["Third."], offset: 6 },
      { blocks: ["{not JSON}"], offset: 8 },
    ]);
  }
});

test("a page, SGML and CSV are refused as plain text, CSV only by its name", async (t) => {
  const sgml = '<srcset setid="newstest2019" srclang="any">\n<doc docid="a">\n';
  for (const format of [undefined, "text"] as const) {
    await t.throwsAsync(read(inChunks(sgml), { format }), { message: /begins as WMT's SGML/ });
    await t.throwsAsync(read(inChunks("<html>\n"), { format }), { message: /begins as a web page \(HTML\)/ });
  }
  const csv = await writeFixture(t, "corpus.csv", "id,text\n");
  await t.throwsAsync(read(csv), { message: /corpus\.csv: its name says \.csv/ });
  t.is((await read(csv, { format: "text" })).documents.length, 1);
});

test("a text without blank lines is cut into documents of a million characters", async (t) => {
  const line = "x".repeat(1023);
  const { documents, counts } = await read(inChunks(`${line}\n`.repeat(3000)));
  t.true(documents.length > 1);
  t.true(documents.every(({ blocks }) => blocks.length <= 1026));
  t.is(
    documents.reduce((sum, { blocks }) => sum + blocks.length, 0),
    3000,
  );
  t.is(counts.kept, documents.length);
});

test("JSON is told from text by its first characters, and an array from lines", async (t) => {
  const [one, two] = [
    { text: "a", url: URL },
    { text: "b", id: 5 },
  ].map((value) => JSON.stringify(value));
  const expected = [
    { blocks: ["a"], offset: 1, url: URL, id: undefined },
    { blocks: ["b"], offset: 2, url: undefined, id: "5" },
  ];
  for (const data of [`${one}\n${two}\n`, `[${one},\n${two}]`, `\ufeff${one}\n${two}`]) {
    t.deepEqual((await read(inChunks(gzipSync(data), 9))).documents, expected);
    t.deepEqual((await read(await writeFixture(t, "part.json", data))).documents, expected);
  }
});

test("fields may be named, and a name that is wrong is an error with its line", async (t) => {
  const lines = '{"a": {"b": "text"}, "u": "http://x", "n": "1"}\n{"a": {}, "u": 1, "n": "2"}\n';
  const named = { field: "a.b", urlField: "u", idField: "n" };
  const { documents, skipped, counts } = await read(inChunks(lines), { ...named, onError: "skip" });
  t.deepEqual(documents, [{ blocks: ["text"], offset: 1, url: "http://x", id: "1" }]);
  t.is(skipped.length, 1);
  t.deepEqual([counts.read, counts.kept, counts.broken], [2, 1, 1]);
  await t.throwsAsync(read(inChunks(lines), named), {
    instanceOf: InputError,
    message: /^standard input, line 2: /,
  });
  await t.throwsAsync(read(inChunks(lines), { field: "a.b", urlField: "v" }), {
    instanceOf: InputError,
    message: /^standard input, line 1: field "v" holds no address/,
  });
});

test("broken lines and truncated files are warnings with skip", async (t) => {
  const lines = `{"text": "a"}\n{"text": \n{"text": "b"}\n`;
  const { documents, skipped } = await read(inChunks(lines), { onError: "skip" });
  t.deepEqual(
    documents.map(({ offset }) => offset),
    [1, 3],
  );
  t.is(skipped[0].place.line, 2);
  const cut = await read(inChunks(gzipSync(lines).subarray(0, -9)), { onError: "skip", format: "jsonl" });
  t.true(cut.skipped.some(({ message }) => message.includes("cut short or damaged")));
});

test("an empty text or record gives no document", async (t) => {
  t.deepEqual((await read(inChunks("\n\n"))).documents, []);
  const { documents, counts } = await read(inChunks('{"text": " \\n "}\n\n'));
  t.deepEqual(documents, []);
  t.deepEqual([counts.read, counts.leftOut.empty], [1, 1]);
});

test("an unknown format or preset is an error of the options", async (t) => {
  for (const options of [{ format: "docx" }, { preset: "pile" }] as unknown as DocumentOptions[]) {
    await t.throwsAsync(read(inChunks(""), options), {
      instanceOf: OptionError,
      message: /is ".*"; expected one of /,
    });
  }
});

test("an abort ends the reading with its reason", async (t) => {
  const signal = AbortSignal.abort(new Error("enough"));
  await t.throwsAsync(read(inChunks("a\n"), { signal }), { message: "enough" });
});

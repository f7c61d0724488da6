import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import test from "ava";
import { joinSegments } from "../../../src/read/warc/join-segments.js";
import { MAX_BLOCK_BYTES, type Segment, type WebRecord } from "../../../src/read/warc/web-record.js";
import { inChunks } from "../_fixtures.js";
import { readDump, textsOf } from "./_read.js";
import { arcRecord, warcRecord } from "./_records.js";
import { describeRecord, sha1 } from "./_warcio.js";

const [FIRST, SECOND, THIRD] = ["the first", "a second", "one more"].map((text) => warcRecord(text));
const TEXTS = ["the first", "a second", "one more"];

test("the records of a WARC are read, wherever a chunk ends", async (t) => {
  const dump = Buffer.concat([FIRST, SECOND, THIRD]);
  for (let size = 1; size <= dump.length; size += 7) {
    const { records, faults } = await readDump(inChunks(dump, size));
    t.deepEqual(textsOf(records), TEXTS, `chunks of ${size}`);
    t.deepEqual(faults, []);
    t.deepEqual(
      records.map(({ offset }) => offset),
      [0, FIRST.length, FIRST.length + SECOND.length],
    );
  }
});

test("a record says its type, address, identifier and media type", async (t) => {
  const dump = warcRecord("x", {
    "WARC-Target-URI": "<http://example.org/ü>",
    "WARC-Record-ID": "<urn:uuid:d711dd43-8280-457b-9566-530ef6ea5d43>",
    "content-TYPE": "Text/Plain;\r\n charset=utf-8",
    "Content-Type": undefined,
  });
  const [{ type, url, id, contentType }] = (await readDump(inChunks(dump))).records;
  t.deepEqual(
    { type, url, id, contentType },
    {
      type: "conversion",
      url: "http://example.org/ü",
      id: "d711dd43-8280-457b-9566-530ef6ea5d43",
      contentType: "text/plain; charset=utf-8",
    },
  );
});

test("lines may end in LF alone, and records in any number of line ends", async (t) => {
  const lines = TEXTS.map((text) => warcRecord(text, {}, "\n"));
  const tight = lines.map((record) => record.subarray(0, -2));
  const wide = lines.flatMap((record) => [record, Buffer.from("\r\n\n\n")]);
  for (const dump of [lines, tight, wide]) {
    const { records, faults } = await readDump(inChunks(Buffer.concat(dump), 50));
    t.deepEqual(textsOf(records), TEXTS);
    t.deepEqual(faults, []);
  }
});

test("a block that holds line ends and what looks like a header is whole", async (t) => {
  const odd = `\r\n\r\nWARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n`;
  const { records, faults } = await readDump(inChunks(Buffer.concat([warcRecord(odd), SECOND])));
  t.deepEqual(textsOf(records), [odd, "a second"]);
  t.deepEqual(faults, []);
});

test("an ARC of version 1 or 2 is told by its first bytes", async (t) => {
  const about = "1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n";
  const dump = Buffer.concat([
    arcRecord(about, "filedesc://IA-1.arc", "text/plain"),
    arcRecord("<p>one"),
    Buffer.from("http://example.org/2 192.0.2.1 19960523000102 text/html 200 - - 120 IA-1.arc 6\n<p>two\n"),
  ]);
  for (const size of [1, 30, Infinity]) {
    const { records, faults } = await readDump(inChunks(dump, size));
    t.deepEqual(
      records.map(({ type, url, contentType }) => [type, url, contentType]),
      [
        ["warcinfo", "filedesc://IA-1.arc", "text/plain"],
        ["response", "http://example.org/", "text/html"],
        ["response", "http://example.org/2", "text/html"],
      ],
    );
    t.deepEqual(textsOf(records).slice(1), ["<p>one", "<p>two"]);
    t.deepEqual(faults, []);
  }
});

const LYING: readonly [says: string, length: string][] = [
  ["too small", "4"],
  ["too large, into the next record", "60"],
  ["larger than the file", "100000"],
  ["larger than memory", "99999999999"],
];

for (const [says, length] of LYING) {
  test(`a Content-Length that is ${says} costs one warning, and the next records are read`, async (t) => {
    const lie = warcRecord("a second", { "Content-Length": length });
    const { records, faults } = await readDump(inChunks(Buffer.concat([FIRST, lie, THIRD]), 64));
    const texts = length.length > 10 ? [TEXTS[0], TEXTS[2]] : TEXTS;
    t.deepEqual(textsOf(records), texts);
    t.is(faults.length, 1);
    t.deepEqual(faults[0].place, { path: "dump", byte: FIRST.length });
    t.regex(
      faults[0].message,
      new RegExp(`^dump, byte ${FIRST.length}: no record follows the ${length} bytes`),
    );
  });
}

for (const [says, value] of [
  ["no Content-Length", undefined],
  ["a Content-Length that is no number", "many"],
] as const) {
  test(`a record with ${says} is left out with one warning`, async (t) => {
    const broken = warcRecord("a second", { "Content-Length": value });
    const { records, faults } = await readDump(inChunks(Buffer.concat([FIRST, broken, THIRD])));
    t.deepEqual(textsOf(records), [TEXTS[0], TEXTS[2]]);
    t.is(faults.length, 1);
    t.regex(faults[0].message, /^dump, byte \d+: .*Content-Length/);
  });
}

test("a record without a header is reported once, and the next one found", async (t) => {
  const dump = Buffer.concat([Buffer.from("no header\r\n\r\nat all\r\n\r\n"), FIRST, SECOND]);
  const { records, faults } = await readDump(inChunks(dump, 10));
  t.deepEqual(textsOf(records), TEXTS.slice(0, 2));
  t.deepEqual(
    faults.map(({ message }) => message.split(".")[0]),
    ["dump, byte 0: no record of a WARC, WET or ARC begins here"],
  );
});

test("a file that ends within a record gives what there is of it, marked, and one warning", async (t) => {
  const dump = Buffer.concat([FIRST, SECOND]);
  const headEnd = FIRST.length + SECOND.indexOf("a second");
  for (let end = FIRST.length + 1; end < headEnd + "a second".length; end++) {
    const { records, faults } = await readDump(inChunks(dump.subarray(0, end)));
    t.is(faults.length, 1, `cut at ${end}`);
    t.is(faults[0].place.byte, FIRST.length);
    t.deepEqual(textsOf(records.slice(0, 1)), [TEXTS[0]]);
    if (end > headEnd)
      t.like(records[1], { cut: true, block: Buffer.from("a second").subarray(0, end - headEnd) });
  }
});

test("an empty dump is an error with its place", async (t) => {
  const { faults } = await readDump(inChunks(""));
  t.deepEqual(
    faults.map(({ message }) => message),
    ["dump, byte 0: is empty; expected records of a WARC, WET or ARC."],
  );
});

test("of a block that is longer than 16 MiB the beginning is kept", async (t) => {
  const long = Buffer.alloc(17 * 2 ** 20, "long line\n");
  const { records, faults } = await readDump(
    inChunks(Buffer.concat([FIRST, warcRecord(long), THIRD]), 2 ** 18),
  );
  t.deepEqual(faults, []);
  t.deepEqual(
    records.map(({ length, block }) => [length, block.length]),
    [
      [9, 9],
      [17 * 2 ** 20, 65_536],
      [8, 8],
    ],
  );
});

test("a gigabyte in one line costs one warning and little memory", async (t) => {
  async function* gigabyte() {
    const megabyte = Buffer.alloc(2 ** 20, "x");
    for (let i = 0; i < 1024; i++) yield megabyte;
    yield Buffer.from("\n");
    yield FIRST;
  }
  const before = process.memoryUsage.rss();
  const { records, faults } = await readDump(gigabyte());
  t.deepEqual(textsOf(records), [TEXTS[0]]);
  t.is(faults.length, 1);
  t.true(process.memoryUsage.rss() - before < 300 * 2 ** 20);
});

const ZEROS = Buffer.alloc(17 * 2 ** 20);

test("a member of nothing but zeros, longer than a block may be, costs no record beside it", async (t) => {
  const members = [FIRST, ZEROS, SECOND, THIRD].map((bytes) => gzipSync(bytes));
  const { records, faults } = await readDump(inChunks(Buffer.concat(members), 2 ** 16));
  t.deepEqual(textsOf(records), TEXTS);
  t.deepEqual(
    faults.map(({ place, message }) => [place.byte, message.split(".")[0].replace(/^.*: /, "")]),
    [[members[0].length, "no record of a WARC, WET or ARC begins here"]],
  );
});

test("a record before 17 MiB of zeros stays where it ends as it should", async (t) => {
  const dump = Buffer.concat([FIRST, SECOND, ZEROS, Buffer.from("\n"), THIRD]);
  const { records, faults } = await readDump(inChunks(dump, 2 ** 18));
  t.deepEqual(textsOf(records), TEXTS);
  t.is(faults.length, 1);
  t.is(faults[0].place.byte, FIRST.length);
});

test("a record that its length says too much of ends where a member begins with the next one", async (t) => {
  const lie = warcRecord("a second", { "Content-Length": "60" }).subarray(0, -4);
  const dump = Buffer.concat([FIRST, lie, THIRD].map((bytes) => gzipSync(bytes)));
  const { records, faults } = await readDump(inChunks(dump, 64));
  t.deepEqual(textsOf(records), TEXTS);
  t.is(faults.length, 1);
});

test("a member that begins with a record is found behind damage without a line end", async (t) => {
  const dump = Buffer.concat([Buffer.from("no line"), FIRST].map((bytes) => gzipSync(bytes)));
  const { records, faults } = await readDump(inChunks(dump));
  t.deepEqual(textsOf(records), TEXTS.slice(0, 1));
  t.is(faults.length, 1);
});

function record(text: string, type: string, segment?: Segment): WebRecord {
  const block = Buffer.from(text);
  const id = segment?.number === 1 ? "origin" : undefined;
  return { offset: 0, type, id, contentType: "", block, length: block.length, segment };
}

const first = (text: string) => record(text, "response", { number: 1 });
const next = (text: string, number: number, total?: number, origin = "origin") =>
  record(text, "continuation", { number, origin, total });
const whole = (text: string, type = "response") => record(text, type);

async function joined(...records: WebRecord[]): Promise<[text: string, type: string, cut: boolean][]> {
  async function* given() {
    yield* records;
  }
  const blocks: [string, string, boolean][] = [];
  for await (const { block, type, cut = false } of joinSegments(given()))
    blocks.push([block.toString(), type, cut]);
  return blocks;
}

test("segments that follow are one record, also with a request between them", async (t) => {
  t.deepEqual(await joined(first("a"), next("b", 2), next("c", 3, 3), whole("d")), [
    ["abc", "response", false],
    ["d", "response", false],
  ]);
  t.deepEqual(await joined(first("a"), whole("q", "request"), next("b", 2, 2)), [
    ["q", "request", false],
    ["ab", "response", false],
  ]);
});

test("a record is cut where its next segment does not come", async (t) => {
  const cut = ["a", "response", true];
  t.deepEqual(await joined(first("a")), [cut]);
  t.deepEqual(await joined(first("a"), whole("b"), next("c", 2, 2)), [
    cut,
    ["b", "response", false],
    ["c", "continuation", false],
  ]);
  t.deepEqual(await joined(first("a"), next("c", 3, 3)), [cut, ["c", "continuation", false]]);
  t.deepEqual(await joined(first("a"), next("b", 2, 2, "another")), [cut, ["b", "continuation", false]]);
  t.deepEqual(await joined(first("a"), next("b", 2), first("c"), next("d", 2, 2)), [
    ["ab", "response", true],
    ["cd", "response", false],
  ]);
  t.deepEqual(await joined(first("a"), next("b", 2, 99)), [["ab", "response", true]]);
});

test("a record with one segment is whole", async (t) => {
  t.deepEqual(await joined(record("a", "response", { number: 1, total: 1 })), [["a", "response", false]]);
});

test("segments that are together longer than a block may be are not held", async (t) => {
  const half = "x".repeat(MAX_BLOCK_BYTES / 2 + 1);
  async function* given() {
    yield* [first(half), next(half, 2), next(half, 3, 3 * half.length)];
  }
  for await (const { block, length } of joinSegments(given()))
    t.deepEqual([block.length, length], [half.length, 3 * half.length]);
});

const FOLDER = "../shared/data/warc";

interface Row {
  types: Record<string, number>;
  sha1: string;
}

/** Made by warcio-table.py. */
const TABLE: Record<string, Row> = JSON.parse(readFileSync("test/read/warc/warcio-table.json", "utf8"));

/** Broken in one place each; warcio gives what can be saved of them without a word, and so do we, with one. */
const BROKEN = new Set(["resiliparse-clipped.warc.gz", "warcio-example-trunc.warc"]);

/** At which warcio stops: what all of them hold is in the number of their headers. */
const STOPPED: readonly [name: string, faults: number][] = [
  ["ccnet-sample.warc.txt", 1],
  ["warcio-example-bad-non-chunked.warc.gz", 0],
  ["warcio-example-wrong-chunks.warc.gz", 0],
];

const testWithData = existsSync(FOLDER) ? test : test.skip;

for (const [name, expected] of Object.entries(TABLE)) {
  testWithData(`${name} gives the records that warcio gives`, async (t) => {
    const path = join(FOLDER, name);
    const types: Record<string, number> = {};
    const lines: string[] = [];
    const { records, faults } = await readDump(path);
    for (const record of records) {
      types[record.type] = (types[record.type] ?? 0) + 1;
      lines.push(await describeRecord(record));
    }
    t.deepEqual(types, expected.types);
    t.is(sha1(lines.join("\n")), expected.sha1);
    t.is(faults.length, BROKEN.has(name) ? 1 : 0);
  });
}

for (const [name, expected] of STOPPED) {
  testWithData(`${name}, at which warcio stops, gives a record for each header`, async (t) => {
    const path = join(FOLDER, name);
    const data = readFileSync(path);
    const text = (name.endsWith(".gz") ? gunzipSync(data) : data).toString("latin1");
    const { records, faults } = await readDump(path);
    t.is(records.length, text.match(/^WARC\/1\.\d\r?$/gm)?.length ?? 0);
    t.is(faults.length, expected);
  });
}

testWithData("a dump in lz4 is one fault that names it", async (t) => {
  const { records, faults } = await readDump(join(FOLDER, "resiliparse-warcfile.warc.lz4"));
  t.is(records.length, 0);
  t.deepEqual(
    faults.map(({ message }) => message),
    ["dump, byte 0: holds lz4 data, which crisscross does not read. Decompress the file first."],
  );
});

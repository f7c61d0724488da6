import { gzipSync } from "node:zlib";
import test from "ava";
import { inChunks } from "../_fixtures.js";
import { readDump, textsOf } from "./_read.js";
import { arcRecord, warcRecord } from "./_records.js";

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

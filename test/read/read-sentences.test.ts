import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { deflateSync, gzipSync } from "node:zlib";
import test from "ava";
import { InputError, OptionError } from "../../src/errors.js";
import { FORMATS, type Format, guessFormat } from "../../src/read/format.js";
import { readPairs } from "../../src/read/pairs/read-pairs.js";
import { readSentences } from "../../src/read/read-sentences.js";
import { isOpen, OPEN_FILES } from "../open-files.js";
import { inChunks, makeFolder, read, readTexts, writeFixture } from "./_fixtures.js";

const MANY_LINES = Array.from({ length: 3000 }, (_, i) => `line ${i + 1}\n`).join("");

test("batches hold 1,024 sentences and the rest, however the bytes arrive", async (t) => {
  for (const size of [100, 4096, Infinity]) {
    const sizes: number[] = [];
    for await (const batch of readSentences(inChunks(MANY_LINES, size))) sizes.push(batch.length);
    t.deepEqual(sizes, [1024, 1024, 952]);
  }
});

test("a file is read as a stream of its bytes is", async (t) => {
  const path = await writeFixture(t, "many.txt", MANY_LINES);
  t.deepEqual(await readTexts(path), await readTexts(Readable.from([Buffer.from(MANY_LINES)])));
});

test("the source is asked for no more than the batch needs, and closed when the consumer breaks", async (t) => {
  let asked = 0;
  let closed = false;
  async function* source() {
    try {
      for (;;) {
        asked++;
        yield Buffer.from("line\n".repeat(1024));
      }
    } finally {
      closed = true;
    }
  }
  for (const signal of [undefined, new AbortController().signal]) {
    asked = 0;
    closed = false;
    for await (const _ of readSentences(source(), { signal })) break;
    t.is(asked, 1);
    t.true(closed);
  }
});

test("a stream is destroyed when the consumer breaks", async (t) => {
  const stream = new PassThrough();
  stream.write("line\n".repeat(2000));
  for await (const _ of readSentences(stream)) break;
  t.true(stream.destroyed);
});

const testOpenFiles = existsSync(OPEN_FILES) ? test : test.skip;

testOpenFiles("a file is closed when the consumer breaks, at its end and at a fault", async (t) => {
  const plain = await writeFixture(t, "plain.txt", MANY_LINES);
  const packed = await writeFixture(t, "packed.txt.gz", gzipSync(MANY_LINES));
  const cut = await writeFixture(t, "cut.txt.gz", gzipSync(MANY_LINES).subarray(0, -4));
  const text = await writeFixture(t, "text.gz", MANY_LINES);
  for (const path of [plain, packed]) {
    for await (const _ of readSentences(path)) {
      t.true(isOpen(path));
      break;
    }
    t.false(isOpen(path));
    await read(path);
    t.false(isOpen(path));
  }
  for (const path of [cut, text]) {
    await t.throwsAsync(read(path), { instanceOf: InputError });
    t.false(isOpen(path));
  }
});

const REASON = new Error("enough");

test("an abort ends a wait for standard input, with the signal's reason", async (t) => {
  const stream = new PassThrough();
  const controller = new AbortController();
  const waiting = read(stream, { signal: controller.signal });
  await Promise.resolve();
  controller.abort(REASON);
  t.is(await t.throwsAsync(waiting), REASON);
  t.true(stream.destroyed);
});

test("an abort ends a wait for a source that never answers", async (t) => {
  const source: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
  };
  const controller = new AbortController();
  const waiting = read(source, { signal: controller.signal });
  controller.abort(REASON);
  t.is(await t.throwsAsync(waiting), REASON);
});

test("after an abort no further batch comes, though its lines are there", async (t) => {
  const controller = new AbortController();
  let batches = 0;
  const reading = async () => {
    for await (const _ of readSentences(inChunks(MANY_LINES), { signal: controller.signal })) {
      batches++;
      controller.abort(REASON);
    }
  };
  t.is(await t.throwsAsync(reading()), REASON);
  t.is(batches, 1);
});

test("with a signal that has aborted nothing is read", async (t) => {
  const stream = Readable.from([Buffer.from("line\n")]);
  t.is(await t.throwsAsync(read(stream, { signal: AbortSignal.abort(REASON) })), REASON);
  t.false(stream.readableDidRead);
});

test("a file that is not there, and a folder, are errors that say so", async (t) => {
  const folder = await makeFolder(t);
  const missing = join(folder, "missing.txt");
  const nested = join(await writeFixture(t, "file", ""), "below");
  for (const onError of ["stop", "skip"] as const) {
    for (const path of [missing, nested]) {
      await t.throwsAsync(read(path, { onError }), {
        instanceOf: InputError,
        message: `${path}: no such file.`,
      });
    }
    await t.throwsAsync(read(folder, { onError }), {
      instanceOf: InputError,
      message: `${folder}: is a folder; expected a file. Name a file in it.`,
    });
  }
});

// The superuser may read everything.
const testPermissions = process.getuid?.() === 0 ? test.skip : test;

testPermissions("a file that may not be read is an error that says so", async (t) => {
  const path = await writeFixture(t, "secret.txt", "line\n");
  await chmod(path, 0);
  await t.throwsAsync(read(path), { instanceOf: InputError, message: /permission denied/ });
});

test("a stream that fails is an error of its input, and a bug keeps its own error", async (t) => {
  const fault = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
  for (const compressed of [false, true]) {
    async function* source(error: Error) {
      yield compressed ? gzipSync("line\n").subarray(0, 20) : Buffer.from("line\n");
      throw error;
    }
    const error = await t.throwsAsync(read(source(fault), { name: "pipe", onError: "skip" }), {
      instanceOf: InputError,
      message: `pipe, byte ${compressed ? 20 : 5}: cannot be read (EIO: i/o error, read).`,
    });
    t.is(error?.cause, fault);
    const bug = new TypeError("not a function");
    t.is(await t.throwsAsync(read(source(bug))), bug);
  }
});

test("a stream destroyed by its owner is an error of its input", async (t) => {
  const stream = new PassThrough();
  const reading = read(stream);
  stream.destroy();
  await once(stream, "close");
  await t.throwsAsync(reading, { instanceOf: InputError, message: /^standard input: cannot be read/ });
});

test("a format is told by the suffix before the compression's", (t) => {
  const expected: Record<string, Format> = {
    "a.txt": "text",
    "a.en": "text",
    a: "text",
    "a.tsv": "tsv",
    "a.tsv.gz": "tsv",
    "A.TSV.XZ": "tsv",
    "a.jsonl.zst": "jsonl",
    "a.ndjson": "jsonl",
    "a.json.bz2": "json",
    "json.gz": "text",
    "a.gz": "text",
  };
  for (const [path, format] of Object.entries(expected)) t.is(guessFormat(path), format, path);
});

test("a format that is asked for goes before the suffix", async (t) => {
  const path = await writeFixture(t, "corpus.txt", '{"text":"one"}\n');
  t.deepEqual(await readTexts(path, { format: "jsonl" }), ["one"]);
  t.deepEqual(await readTexts(path), ['{"text":"one"}']);
});

test("a file that is named as CSV is refused as a text, compressed or not, unless a format is named", async (t) => {
  for (const name of ["corpus.csv", "corpus.CSV.gz"]) {
    const path = await writeFixture(t, name, name.endsWith("gz") ? gzipSync("id,text\n") : "id,text\n");
    await t.throwsAsync(read(path), {
      instanceOf: InputError,
      message: `${path}: its name says .csv; expected a sentence a line. Make TSV of it first, with convert if it has two columns; a bitext in CSV is given alone.`,
    });
    t.deepEqual(await readTexts(path, { format: "text" }), ["id,text"]);
  }
});

test("every format reads an empty input as no sentence", async (t) => {
  // Of Parquet an empty file has lost its index.
  for (const format of FORMATS.filter((one) => one !== "parquet"))
    t.deepEqual(await readTexts(inChunks(""), { format }), []);
});

test("an unknown format is wrong usage", async (t) => {
  await t.throwsAsync(read(inChunks("a"), { format: "csv" as Format }), {
    instanceOf: OptionError,
    message: /format is "csv"; expected one of text, tsv, bucc, jsonl, json/,
  });
});

test("messages call an input by its name", async (t) => {
  const bad = () => inChunks(Buffer.from([0xff]));
  await t.throwsAsync(read(bad()), { message: /^standard input, line 1/ });
  await t.throwsAsync(read(bad(), { name: "the source" }), { message: /^the source, line 1/ });
  const path = await writeFixture(t, "bad.txt", Buffer.from([0xff]));
  await t.throwsAsync(read(path), { message: new RegExp(`^${path}, line 1`) });
});

test("a web dump, XML or HTML is refused as a text, packed or not, with what to do", async (t) => {
  const refused: [bytes: Buffer, says: RegExp][] = [
    [readFileSync("samples/town.warc.gz"), /, line 1: begins as a web dump \(WARC\).* with extract\.$/],
    [Buffer.from("WARC/1.0\r\nWARC-Type: warcinfo\r\n"), /a web dump \(WARC\)/],
    [Buffer.from("filedesc://a.arc 0.0.0.0 20200101000000 text/plain 76\n1 0 A\n"), /a web dump \(ARC\)/],
    [Buffer.from('\ufeff<?xml version="1.0"?>\n<tmx version="1.4">\n'), /begins as XML; .* with convert, if/],
    [Buffer.from('<xliff version="1.2">\n'), /begins as XML/],
    [Buffer.from("<!DOCTYPE html>\n<html>\n"), /a web page \(HTML\)/],
    [Buffer.from('<srcset setid="newstest2019" srclang="any">\n'), /begins as WMT's SGML; .*<seg> on a line/],
    [Buffer.from('<DOC sysid="ref" docid="bbc.381790" genre="news">\n'), /begins as WMT's SGML/],
  ];
  for (const [bytes, message] of refused)
    await t.throwsAsync(readSentences(Readable.from([bytes])).next(), { instanceOf: InputError, message });
  for (const text of [
    "<3 you\n",
    "WARC is a format\n",
    "<htmlx\n",
    "<i>Hello</i>\n",
    "<doc> is a tag\n",
    "[Music]\n",
  ]) {
    const { value } = await readSentences(Readable.from([Buffer.from(text)])).next();
    t.is(value?.[0].text, text.trimEnd());
  }
});

const BEGINNINGS: Record<string, string> = {
  Parquet: "PAR1\x15\x04\x15 Das Rathaus",
  Arrow: "ARROW1\0\0 Das Rathaus",
  SQLite: "SQLite format 3\0 Das Rathaus",
  PDF: "%PDF-1.7\n%",
  zip: "PK\x03\x04 [Content_Types].xml",
  NumPy: "\x93NUMPY\x01\0 {'descr'",
  "7z": "7z\xbc\xaf\x27\x1c Das Rathaus",
  rar: "Rar!\x1a\x07\x01\0 Das Rathaus",
  lzma: "]\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0\x34\x19",
  zlib: "x\x9c\xcbH\xcd\xc9\xc9\xe7\x02\0\x08K\x02\x1f",
};

async function drain(batches: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of batches);
}

for (const [name, beginning] of Object.entries(BEGINNINGS))
  test(`${name} is refused by its name, as a text and as a bitext, also with skip`, async (t) => {
    const expected = {
      instanceOf: InputError,
      message: new RegExp(
        `^standard input, byte 0: holds ${name} data, which (cannot be read here|crisscross does not read)\\. .*first|text|itself`,
      ),
    };
    const chunks = () => inChunks(Buffer.from(beginning, "latin1"), 3);
    await t.throwsAsync(drain(readSentences(chunks(), { onError: "skip" })), expected);
    await t.throwsAsync(drain(readPairs(chunks(), { onError: "skip" })), expected);
  });

test("zlib of each level is known", async (t) => {
  for (const level of [1, 6, 9]) {
    const packed = deflateSync(MANY_LINES, { level });
    await t.throwsAsync(read(inChunks(packed)), {
      message: /holds zlib data, .* with zlib-flate -uncompress/,
    });
  }
});

test("a text that only begins like one of them is read", async (t) => {
  for (const text of [
    "PAR1 is a name\tx",
    "SQLite format 3 is old\tx",
    "PK is short\tx",
    "Rar!\tx",
    "%PDF- ends\tx",
    "]\tx",
    "x^2\tx",
    // x and a keheh: 78 DA A9, as data of zlib's highest level may begin.
    "xک ایک اردو جملہ\tx",
  ])
    await t.notThrowsAsync(drain(readPairs(inChunks(text))));
});

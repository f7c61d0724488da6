import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import test from "ava";
import { InputError } from "../../src/errors.js";
import { importOptional } from "../../src/read/decoders.js";
import { readSentences } from "../../src/read/read-sentences.js";
import { COMPRESSED, inChunks, LINES, read, readTexts, SECOND, TEXT, writeFixture } from "./_fixtures.js";

/** No codec can be told from fewer bytes. */
const LONGEST_MAGIC = 10;

for (const { name, suffix, text, second, pack } of COMPRESSED) {
  test(`${name} is read from a file`, async (t) => {
    t.deepEqual(await readTexts(await writeFixture(t, `corpus.txt${suffix}`, text)), LINES);
  });

  test(`${name} is known by its first bytes, whatever the name and the pieces`, async (t) => {
    t.deepEqual(await readTexts(await writeFixture(t, "corpus.txt", text)), LINES);
    t.deepEqual(await readTexts(await writeFixture(t, "corpus.other.gz", text)), LINES);
    t.deepEqual(await readTexts(Readable.from([text])), LINES);
    t.deepEqual(await readTexts(inChunks(text, 1)), LINES);
  });

  test(`${name} of several parts is read whole, wherever a chunk ends`, async (t) => {
    const parts = Buffer.concat([second, second, second]);
    for (let size = 1; size <= parts.length; size++) {
      t.is(
        (await readTexts(inChunks(parts, size))).join("\n"),
        "second\nsecond\nsecond",
        `chunks of ${size}`,
      );
    }
    t.deepEqual(await readTexts(inChunks(Buffer.concat([text, second]))), [...LINES, "second"]);
  });

  test(`${name} that is cut short anywhere is an error, and keeps its whole lines with skip`, async (t) => {
    // Every cut in the checksums and indexes at the end, and every seventh before.
    for (let missing = 1; missing <= text.length - LONGEST_MAGIC; missing += missing < 24 ? 1 : 7) {
      const cut = text.subarray(0, -missing);
      const error = await t.throwsAsync(read(inChunks(cut), { name: "corpus" }), { instanceOf: InputError });
      t.regex(error?.message ?? "", new RegExp(`^corpus, byte \\d+: the ${name} data are cut short`));
      t.true(error?.cause instanceof Error);
      t.notRegex(error?.message ?? "", /undefined/);

      const { sentences, skipped } = await read(inChunks(cut, 64), { onError: "skip" });
      const texts = sentences.map(({ text }) => text);
      t.deepEqual(texts, LINES.slice(0, texts.length));
      const [reported] = skipped;
      t.is(skipped.length, 1);
      // What was decompressed ends inside or at the end of the line after the last one kept.
      const kept = Buffer.byteLength(texts.map((line) => `${line}\n`).join(""));
      const next = Buffer.byteLength(LINES[texts.length] ?? "");
      t.true(reported.place.byte! >= kept && reported.place.byte! <= kept + next);
    }
  });

  test(`${name} with a damaged byte never gives another text`, async (t) => {
    for (let at = LONGEST_MAGIC; at < text.length; at += 3) {
      const damaged = Buffer.from(text);
      damaged[at] ^= 0x10;
      const texts = await readTexts(inChunks(damaged)).catch((error) => error);
      if (texts instanceof Error) t.true(texts instanceof InputError, `byte ${at}: ${texts.stack}`);
      else t.deepEqual(texts, LINES, `byte ${at}`);
    }
  });

  if (pack) {
    test(`${name} of a megabyte in a few bytes, and of one that does not pack, is read whole`, async (t) => {
      const alike = Array.from({ length: 50_000 }, () => "the same line again");
      t.deepEqual(await readTexts(inChunks(await pack(alike.join("\n")))), alike);
      const unlike = Array.from({ length: 20_000 }, (_, i) =>
        createHash("md5").update(String(i)).digest("base64"),
      );
      t.deepEqual(await readTexts(inChunks(await pack(unlike.join("\n")))), unlike);
    });
  }

  test(`${name} that is cut short after a whole part keeps that part with skip`, async (t) => {
    const cut = Buffer.concat([second, text.subarray(0, LONGEST_MAGIC)]);
    const { sentences, skipped } = await read(inChunks(cut), { onError: "skip" });
    t.deepEqual(sentences, [{ text: "second", line: 1 }]);
    t.is(skipped[0].place.byte, SECOND.length);
  });

  test(`a name that ends in ${suffix} over data that are not ${name} is an error that says so`, async (t) => {
    for (const data of [TEXT, "", text.subarray(0, 1)]) {
      const path = await writeFixture(t, `corpus${suffix}`, data);
      const found = data === "" ? "the file is empty" : `the data do not begin as ${name} does`;
      await t.throwsAsync(read(path, { onError: "skip" }), {
        instanceOf: InputError,
        message: `${path}, byte 0: the name ends in ${suffix}, but ${found}. Rename the file, or fetch it again.`,
      });
    }
  });
}

test("gzip padded with zeros, as on tape, is read to its end", async (t) => {
  const padded = Buffer.concat([gzipSync("one\n"), gzipSync("two\n"), Buffer.alloc(100_000)]);
  for (const size of [1, 7, 1000, Infinity]) {
    t.deepEqual(await readTexts(inChunks(padded, size)), ["one", "two"]);
  }
});

test("a gzip member is read behind padding, wherever a chunk ends", async (t) => {
  const parts = [
    gzipSync("one\n"),
    Buffer.alloc(512),
    gzipSync("two\n"),
    Buffer.alloc(3),
    gzipSync("three\n"),
  ];
  for (const size of [1, 7, 1000, Infinity])
    t.deepEqual(await readTexts(inChunks(Buffer.concat(parts), size)), ["one", "two", "three"]);
});

const NUMBERED = Array.from({ length: 1000 }, (_, i) => `line ${i}`);
const PACKED = gzipSync(`${NUMBERED.join("\n")}\n`);

/** How gzip data may end badly behind a text that is whole. */
const BAD_ENDS = {
  "other bytes behind the last member": Buffer.concat([PACKED, Buffer.from("garbage behind it")]),
  "a wrong checksum": Buffer.concat([PACKED.subarray(0, -8), Buffer.alloc(4), PACKED.subarray(-4)]),
  "a wrong length": Buffer.concat([PACKED.subarray(0, -4), Buffer.alloc(4)]),
  "a member that is cut": Buffer.concat([PACKED, PACKED.subarray(0, 15)]),
};

for (const [how, data] of Object.entries(BAD_ENDS))
  test(`gzip that ends in ${how} is an error, and keeps all lines before it with skip`, async (t) => {
    const length = NUMBERED.join("\n").length + 1;
    await t.throwsAsync(readTexts(inChunks(data)), {
      instanceOf: InputError,
      message: /cut short or damaged/,
    });
    for (const size of [64, Infinity]) {
      const { sentences, skipped } = await read(inChunks(data, size), { onError: "skip" });
      t.deepEqual(
        sentences.map(({ text }) => text),
        NUMBERED,
      );
      t.deepEqual(
        skipped.map(({ place }) => place.byte),
        [length],
      );
    }
  });

test("of a gzip member whose data are damaged, what comes before is kept", async (t) => {
  // The last twentieth: what deflate makes of it before it meets what cannot be, is anything.
  const data = Buffer.concat([PACKED.subarray(0, -Math.ceil(PACKED.length / 20)), Buffer.alloc(100, 0xff)]);
  const { sentences, skipped } = await read(inChunks(data), { onError: "skip" });
  const sound = NUMBERED.slice(0, 940);
  t.deepEqual(
    sentences.slice(0, sound.length).map(({ text }) => text),
    sound,
  );
  t.is(skipped.length, 1);
});

test("a zstd frame to be skipped may stand first, between and last", async (t) => {
  const { second } = COMPRESSED.find(({ name }) => name === "zstd")!;
  const skippable = Buffer.from("5a2a4d18" + "03000000" + "616263", "hex");
  const input = Buffer.concat([skippable, second, skippable, second, skippable]);
  for (let size = 1; size <= input.length; size++) {
    t.deepEqual(await readTexts(inChunks(input, size)), ["second", "second"]);
  }
});

test("a zstd frame cut short after two blocks keeps both, though they overflow the output", async (t) => {
  const text = Buffer.from("the same line again\n".repeat(5000));
  // A block as it is: no last one, kind 0, its length (RFC 8878, section 3.1.1.2); before them a window of 128 KiB.
  const head = Buffer.alloc(3);
  head.writeUIntLE(text.length << 3, 0, 3);
  const frame = Buffer.concat([Buffer.from("28b52ffd0038", "hex"), head, text, head, text]);
  const { sentences, skipped } = await read(inChunks(frame), { onError: "skip" });
  t.is(sentences.length, 10_000);
  t.is(skipped.length, 1);
});

test("a text that begins as the name of bzip2 is a text", async (t) => {
  t.deepEqual(await readTexts(inChunks("BZh9 is how bzip2 begins\n")), ["BZh9 is how bzip2 begins"]);
  t.deepEqual(await readTexts(inChunks("BZ")), ["BZ"]);
});

test("no more is decompressed than the batch needs", async (t) => {
  const member = gzipSync("a line\n".repeat(2000));
  let asked = 0;
  async function* members() {
    for (; asked < 100; asked++) yield member;
  }
  for await (const sentences of readSentences(members())) {
    t.is(sentences.length, 1024);
    break;
  }
  t.true(asked <= 1);
});

test("a missing optional package is named, with what to do", async (t) => {
  const load = () => import("node:no-such-codec" as string);
  await t.throwsAsync(importOptional("corpus.xz", "lzma-native", load), {
    instanceOf: InputError,
    message: /^corpus\.xz: .* optional package lzma-native, .* Run npm install lzma-native/,
  });
});

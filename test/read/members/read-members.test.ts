import { gzipSync } from "node:zlib";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { readMembers } from "../../../src/read/members/read-members.js";
import { madeByCommand, packZstd } from "../../zstd/pack-zstd.js";
import { inChunks } from "../_fixtures.js";

interface Member {
  /** Where it begins; undefined for what no member begins with. */
  at?: number;
  text: string;
}

/** Each member's text and place, and the faults between them. */
async function read(input: AsyncIterable<Uint8Array>, file?: string): Promise<(Member | InputError)[]> {
  const found: (Member | InputError)[] = [];
  const chunks = (async function* () {
    for await (const chunk of input) yield Buffer.from(chunk);
  })();
  for await (const { bytes, member, fault } of readMembers(chunks, "dump", file)) {
    const last = found.at(-1);
    if (member !== undefined || (bytes.length > 0 && (!last || last instanceof InputError))) {
      found.push({ at: member, text: bytes.toString() });
    } else if (bytes.length > 0) (last as Member).text += bytes.toString();
    if (fault) found.push(fault);
  }
  return found;
}

const TEXTS = ["first member", "second", "the third of them"];

const KINDS = [
  {
    name: "gzip",
    pack: async (text: string | Buffer) => gzipSync(text),
    parts: TEXTS.map((text) => gzipSync(text)),
  },
  { name: "zstd", pack: packZstd, parts: await Promise.all(TEXTS.map(packZstd)) },
];

for (const { name, pack, parts } of KINDS) {
  const places = [0, parts[0].length, parts[0].length + parts[1].length];
  const whole = TEXTS.map((text, index) => ({ at: places[index], text }));

  test(`each ${name} member is given with its place, wherever a chunk ends`, async (t) => {
    const file = Buffer.concat(parts);
    for (let size = 1; size <= file.length; size += 3) t.deepEqual(await read(inChunks(file, size)), whole);
  });

  test(`a damaged ${name} member costs itself and one fault with its place`, async (t) => {
    const broken = Buffer.from(parts[1]);
    broken[broken.length - 3] ^= 0xff;
    const file = Buffer.concat([parts[0], broken, parts[2]]);
    const found = await read(inChunks(file, 16));
    const faults = found.filter((one) => one instanceof InputError);
    t.deepEqual(
      faults.map(({ place }) => place),
      [{ path: "dump", byte: places[1] }],
    );
    t.regex(
      faults[0].message,
      new RegExp(`^dump, byte ${places[1]}: the ${name} data .* cut short or damaged`),
    );
    t.deepEqual(found.at(0), whole[0]);
    t.deepEqual(found.at(-1), whole[2]);
  });

  test(`a ${name} file that is cut anywhere gives its whole members and one fault`, async (t) => {
    const file = Buffer.concat(parts);
    for (let end = places[2] + 1; end < file.length; end++) {
      const found = await read(inChunks(file.subarray(0, end)));
      t.deepEqual(found.slice(0, 2), whole.slice(0, 2));
      t.deepEqual(
        found.filter((one) => one instanceof InputError).map(({ place }) => place.byte),
        [places[2]],
        `cut at ${end}`,
      );
    }
  });

  test(`a ${name} member of megabytes is read in parts`, async (t) => {
    const text = Array.from({ length: 900_000 }, (_, i) => `${(i * 7919) % 1_000_003}`).join(" ");
    const file = Buffer.concat([parts[0], await pack(text), parts[1]]);
    t.deepEqual(await read(inChunks(file, 2 ** 16)), [
      whole[0],
      { at: parts[0].length, text },
      { at: file.length - parts[1].length, text: TEXTS[1] },
    ]);
  });

  test(`a ${name} bomb is unpacked a piece at a time`, async (t) => {
    const bomb = await pack(Buffer.alloc(2 ** 27));
    let [bytes, largest] = [0, 0];
    for await (const piece of readMembers(inChunks(bomb) as AsyncIterable<Buffer>, "dump")) {
      bytes += piece.bytes.length;
      largest = Math.max(largest, piece.bytes.length);
    }
    t.is(bytes, 2 ** 27);
    t.true(largest <= 2 ** 20);
  });
}

test("the dictionary that a .warc.zst begins with is used for its frames", async (t) => {
  const dictionary = Buffer.from(
    "WARC/1.0 WARC-Type: conversion Content-Type: text/plain the same words again ".repeat(9),
  );
  const frames = TEXTS.map((_, index) => madeByCommand(`raw-${index}.zst`));
  for (const stored of [dictionary, await packZstd(dictionary)]) {
    const head = Buffer.from("5d2a4d1800000000", "hex");
    head.writeUInt32LE(stored.length, 4);
    const found = await read(inChunks(Buffer.concat([head, stored, ...frames]), 50));
    t.deepEqual(
      found,
      TEXTS.map((text, index) => ({
        at: head.length + stored.length + Buffer.concat(frames.slice(0, index)).length,
        text: `the same words again ${text}`,
      })),
    );
  }
});

test("a damaged dictionary is an error of its file", async (t) => {
  const stored = await packZstd("words ".repeat(100));
  stored[stored.length - 1] ^= 1;
  const head = Buffer.from("5d2a4d1800000000", "hex");
  head.writeUInt32LE(stored.length, 4);
  const [fault] = await read(inChunks(Buffer.concat([head, stored, await packZstd("text")])));
  t.regex((fault as InputError).message, /^dump, byte 0: the dictionary of the zstd data is damaged/);
});

test("zeros behind the last gzip member are no member", async (t) => {
  const file = Buffer.concat([gzipSync("text"), Buffer.alloc(1000)]);
  t.deepEqual(await read(inChunks(file, 100)), [{ at: 0, text: "text" }]);
});

test("the fields of a gzip head are passed over", async (t) => {
  const [head, rest] = [gzipSync("text").subarray(0, 10), gzipSync("text").subarray(10)];
  head[3] = 4 + 8 + 16 + 2;
  const fields = Buffer.from("\x03\x00abcname.warc\0a comment\0\xaa\xbb", "latin1");
  for (const size of [1, Infinity]) {
    t.deepEqual(await read(inChunks(Buffer.concat([head, fields, rest]), size)), [{ at: 0, text: "text" }]);
  }
});

test("what is not compressed has no members", async (t) => {
  t.deepEqual(await read(inChunks("plain text", 3)), [{ at: undefined, text: "plain text" }]);
});

test("lz4 and zip are refused by name, and a name that promises another codec", async (t) => {
  const cases: [string, string | undefined, RegExp][] = [
    [
      "\x04\x22\x4d\x18data of lz4",
      undefined,
      /^dump, byte 0: holds lz4 data, .* Decompress the file first\.$/,
    ],
    ["PK\x03\x04data of zip", undefined, /^dump, byte 0: holds zip data/],
    ["WARC/1.0 plain", "dump.warc.gz", /^dump, byte 0: the name ends in \.gz, but/],
  ];
  for (const [data, file, message] of cases) {
    const [fault] = await read(inChunks(Buffer.from(data, "latin1")), file);
    t.true(fault instanceof InputError);
    t.regex((fault as InputError).message, message);
  }
});

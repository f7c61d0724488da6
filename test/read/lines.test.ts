import { Readable } from "node:stream";
import test from "ava";
import { InputError } from "../../src/errors.js";
import { type Line, MAX_LINE_BYTES, readLines } from "../../src/read/lines.js";
import { readPairs } from "../../src/read/pairs/read-pairs.js";
import { readSentences } from "../../src/read/read-sentences.js";
import type { Remark } from "../../src/wording.js";
import { inChunks, read, readTexts } from "./_fixtures.js";

const BOM = "\uFEFF";
const MIB = 1024 * 1024;

async function readChunks(chunks: Iterable<Buffer>): Promise<Line[]> {
  const lines: Line[] = [];
  const fail = (error: InputError) => {
    throw error;
  };
  for await (const group of readLines(Readable.from(chunks), "corpus", fail)) lines.push(...group);
  return lines;
}

test("readLines keeps a line split across two chunks, wherever it is split", async (t) => {
  const bytes = Buffer.from(`${BOM}héllo\r\n\r\n日本語\n\n🙂 end`);
  const lines = ["héllo", "", "日本語", "", "🙂 end"].map((text, i) => ({ text, line: i + 1 }));
  for (let cut = 0; cut <= bytes.length; cut++) {
    t.deepEqual(await readChunks([bytes.subarray(0, cut), bytes.subarray(cut)]), lines, `cut at ${cut}`);
  }
  const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
  t.deepEqual(await readChunks(single), lines);
});

test("a last line without newline keeps its last character", async (t) => {
  t.deepEqual(await readTexts(inChunks("one\ntwo")), ["one", "two"]);
  t.deepEqual(await readTexts(inChunks("one\ntwo\n")), ["one", "two"]);
  t.deepEqual(await readTexts(inChunks("one\ntwo\r")), ["one", "two\r"]);
  t.deepEqual(await readTexts(inChunks("one\ntwo\n\n")), ["one", "two", ""]);
});

test("only a newline, or a carriage return before it, ends a line", async (t) => {
  const line = "a\rb\u2028c\u2029d\u000be\u000cf\u0085g\r";
  t.deepEqual(await readTexts(inChunks(`${line}\r\n${line}x\n`)), [line, `${line}x`]);
});

test("lines that end in carriage returns alone are told once, of a text and of a bitext", async (t) => {
  const notesOf = async (read: (onNote: (note: Remark) => void) => AsyncIterable<unknown>) => {
    const notes: Remark[] = [];
    for await (const _ of read((note) => notes.push(note)));
    return notes;
  };
  const told = /^standard input: its lines end in carriage returns alone, .* tr '\\r' '\\n'\.$/;
  for (const text of ["one\rtwo\rthree\n", "one\rtwo"]) {
    const [note, ...others] = await notesOf((onNote) => readSentences(inChunks(text), { onNote }));
    t.deepEqual([note.kind, others], ["warning", []]);
    t.regex(note.message, told);
    t.is((await notesOf((onNote) => readPairs([inChunks(text), inChunks(text)], { onNote }))).length, 2);
  }
  const rows = await notesOf((onNote) => readPairs(inChunks("Haus\thouse\rMaus\tmouse\r"), { onNote }));
  t.regex(rows[0].message, told);
  // Ends of Windows, also doubled; a last line's end, which may be half of one; and one return inside of a line.
  for (const text of ["one\r\ntwo\r\n", "one\r\r\ntwo\r\r\n", "one\r", "one\rtwo\nthree\n"])
    t.deepEqual(await notesOf((onNote) => readSentences(inChunks(text), { onNote })), []);
});

test("a byte-order mark is dropped at the start only", async (t) => {
  const lines = [
    { text: "a", line: 1 },
    { text: `${BOM}b`, line: 2 },
  ];
  t.deepEqual(await readChunks([Buffer.from(`${BOM}a\n${BOM}b`)]), lines);
  t.deepEqual(await readChunks([Buffer.from(`${BOM}a\n`), Buffer.from(`${BOM}b`)]), lines);
  t.deepEqual(await readTexts(inChunks(BOM)), []);
});

test("an empty input holds no sentence", async (t) => {
  t.deepEqual(await readTexts(inChunks("")), []);
});

test("invalid UTF-8 is reported with its line and the byte in the whole input", async (t) => {
  const before = Buffer.from(`${BOM}né\r\n\nword `);
  const input = Buffer.concat([before, Buffer.from([0xe9]), Buffer.from(" rest\nlast\n")]);
  for (const size of [1, 4, 1000]) {
    const error = await t.throwsAsync(read(inChunks(input, size), { name: "latin.txt" }), {
      instanceOf: InputError,
    });
    t.deepEqual(error?.place, { path: "latin.txt", line: 3, byte: before.length });
    t.is(
      error?.message,
      'latin.txt, line 3, byte 14: invalid UTF-8 (0xE9). Convert the file to UTF-8, or pass onError: "skip".',
    );
  }
});

const ILL_FORMED: [name: string, bytes: number[], bad: number][] = [
  ["a lone continuation byte", [0x61, 0x80], 1],
  ["an overlong encoding", [0x61, 0xc0, 0xaf], 1],
  ["a surrogate", [0xc3, 0xa9, 0xed, 0xa0, 0x80], 2],
  ["a code point past U+10FFFF", [0xf4, 0x90, 0x80, 0x80], 0],
  ["a character cut short by the line's end", [0x61, 0xe2, 0x82], 1],
  ["a byte that UTF-8 never uses", [0xf0, 0x9f, 0x99, 0x82, 0xff], 4],
];
for (const [name, bytes, bad] of ILL_FORMED) {
  test(`${name} is invalid, and the first bad byte is named`, async (t) => {
    for (const end of [[0x0a], [0x0d, 0x0a], []]) {
      const { skipped } = await read(inChunks(Buffer.from([0x0a, ...bytes, ...end])), { onError: "skip" });
      t.deepEqual(
        skipped.map(({ place }) => place),
        [{ path: "standard input", line: 2, byte: 1 + bad }],
      );
    }
  });
}

test("with skip an invalid line alone is left out, and later lines keep their numbers", async (t) => {
  const input = Buffer.from("one\nb\xe9d\nthree\n\xff\nfive", "latin1");
  const { sentences, skipped } = await read(inChunks(input, 3), { onError: "skip" });
  t.deepEqual(sentences, [
    { text: "one", line: 1 },
    { text: "three", line: 3 },
    { text: "five", line: 5 },
  ]);
  t.deepEqual(
    skipped.map(({ place }) => place.line),
    [2, 4],
  );
});

for (const [order, mark] of [
  ["little", [0xff, 0xfe]],
  ["big", [0xfe, 0xff]],
] as const) {
  test(`${order}-endian UTF-16 is named as such, and never skipped line by line`, async (t) => {
    const input = Buffer.from([...mark, 0x61, 0x00, 0x0a, 0x00]);
    for (const format of ["text", "json"] as const) {
      await t.throwsAsync(read(inChunks(input, 1), { format, onError: "skip" }), {
        instanceOf: InputError,
        message: "standard input, byte 0: looks like UTF-16; expected UTF-8. Convert it to UTF-8.",
      });
    }
  });
}

/** `mib` MiB of one letter, then `end`. */
async function* longLine(mib: number, end: string): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(MIB, "x");
  for (let i = 0; i < mib; i++) yield chunk;
  yield Buffer.from(end);
}

test("a line of 16 MiB is read, and a longer one is an error that names it", async (t) => {
  for (const end of [inChunks("\r\nnext"), inChunks("\r\nnext", 1)]) {
    const [text, next] = await readTexts(joined(longLine(16, ""), end));
    t.is(text.length, MAX_LINE_BYTES);
    t.is(next, "next");
  }
  for (const input of [longLine(16, "x\n"), inChunks(Buffer.alloc(MAX_LINE_BYTES + 1, "x"))]) {
    const error = await t.throwsAsync(read(input), { instanceOf: InputError, message: /longer than 16 MiB/ });
    t.is(error?.place.line, 1);
  }
});

test("with skip a line that is too long is counted, and reading goes on after it", async (t) => {
  const { sentences, skipped } = await read(longLine(40, "end\ntwo\nth\xe9"), { onError: "skip" });
  t.deepEqual(sentences, [
    { text: "two", line: 2 },
    { text: "thé", line: 3 },
  ]);
  t.is(skipped.length, 1);
  const { skipped: bad } = await read(joined(longLine(17, "\n"), inChunks(Buffer.from([0xff]))), {
    onError: "skip",
  });
  t.deepEqual(bad[1].place, { path: "standard input", line: 2, byte: 17 * MIB + 1 });
});

test("with skip a line that is too long and never ends is reported once", async (t) => {
  const { sentences, skipped } = await read(longLine(40, ""), { onError: "skip" });
  t.deepEqual(sentences, []);
  t.is(skipped.length, 1);
});

async function* joined(...parts: AsyncIterable<Uint8Array>[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* part;
}

import { createHash } from "node:crypto";
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { OutputError } from "../../../src/errors.js";
import { DistinctTexts } from "../../../src/store/hashes/distinct-texts.js";
import { HashTable } from "../../../src/store/hashes/hash-table.js";
import { LineNotes, textsOfLines } from "../../../src/store/hashes/known-lines.js";
import { Spill } from "../../../src/store/hashes/spill.js";
import { randomNumbers } from "../../random.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a hash keeps the value that it first came with, however the table grows", (t) => {
  const table = new HashTable({ values: true });
  const keys = Array.from({ length: 5000 }, (_, i) => [i % 100, Math.floor(i / 100) * 2 ** 25]);
  for (const [i, [low, high]] of keys.entries()) t.is(table.add(low, high, i), "added");
  for (const [low, high] of keys) t.is(table.add(low, high, 7), "there");
  t.deepEqual(
    keys.map(([low, high]) => table.get(low, high)),
    [...keys.keys()],
  );
  t.is(table.size, 5000);
  t.is(table.get(100, 0), undefined);
});

test("zeros are a hash as any other, and halves may be signed", (t) => {
  const table = new HashTable({ values: true });
  t.false(table.has(0, 0));
  t.is(table.add(0, 0, 2 ** 32 - 1), "added");
  t.is(table.get(0, 0), 2 ** 32 - 1);
  table.add(-1, -2, 5);
  t.is(table.get(0xffffffff, 0xfffffffe), 5);
});

test("a table that is full takes no other hash, and still knows its own", (t) => {
  const table = new HashTable({ bytes: 1024 });
  let count = 0;
  while (table.add(count, 1) === "added") count++;
  // 128 slots of 8 bytes, of which seven tenths are filled.
  t.is(count, 89);
  t.is(table.add(count, 1), "full");
  t.is(table.add(3, 1), "there");
  t.false(table.has(count, 1));
});

test("DistinctTexts numbers texts in the order they first come", async (t) => {
  const distinct = await DistinctTexts.create();
  t.deepEqual(
    ["b", "a", "b", "", "a", "c"].map((text) => distinct.add(text)),
    [0, 1, 0, 2, 1, 3],
  );
  t.is(distinct.size, 4);
});

test("DistinctTexts keeps its numbers while it grows", async (t) => {
  const distinct = await DistinctTexts.create();
  const texts = Array.from({ length: 20_000 }, (_, i) => `sentence ${i}`);
  for (const text of texts) distinct.add(text);
  t.deepEqual(
    texts.map((text) => distinct.add(text)),
    [...texts.keys()],
  );
  t.is(distinct.size, texts.length);
});

test("lines are known by the numbers of their texts, blank and missing ones by none", async (t) => {
  const notes = await LineNotes.create();
  for (const [text, line] of [
    ["b", 1],
    [" a ", 2],
    ["", 3],
    ["a", 4],
    // Lines 5 and 6 were left out.
    ["b", 7],
    ["c", 8],
    ["b", 9],
  ] as const)
    notes.add(text, line);
  const known = notes.finish()!;
  t.deepEqual([...textsOfLines(known)], [0, 1, -1, 1, -1, -1, 0, 2, 0]);
  t.is(known.hash, createHash("sha256").update("1 b\n1 a\n1 c\n").digest("hex"));
});

test("a text that comes again after very many is known, too", async (t) => {
  const notes = await LineNotes.create();
  const lines = Array.from({ length: 40_000 }, (_, i) => `${i}`);
  for (const [i, text] of [...lines, "0", "39999", "20000"].entries()) notes.add(text, i + 1);
  t.deepEqual([...textsOfLines(notes.finish()!)].slice(-4), [39_999, 0, 39_999, 20_000]);
});

test("lines that are all different take hardly any room", async (t) => {
  const notes = await LineNotes.create();
  for (let i = 1; i <= 100_000; i++) notes.add(`${i}`, i);
  t.true(notes.finish()!.lines.length < 1000);
});

test("equal hashes are found with the first place of each, whatever fits into memory", async (t) => {
  const next = randomNumbers(4);
  const hashes = Array.from({ length: 10_000 }, () => [
    Math.floor(next() * 300),
    Math.floor(next() * 20) * 2 ** 25,
  ]);
  const firsts = new Map<string, number>();
  const expected: string[] = [];
  for (const [place, hash] of hashes.entries()) {
    const first = firsts.get(hash.join());
    if (first === undefined) firsts.set(hash.join(), place);
    else expected.push(`${first} ${place}`);
  }
  for (const memory of [2 ** 10, 2 ** 15, 2 ** 24]) {
    const found: string[] = [];
    const spill = new Spill(
      { folder: temporaryFolder(t), memoryBytes: memory },
      { onAgain: (first, place) => found.push(`${first} ${place}`) },
    );
    for (const [place, [low, high]] of hashes.entries()) spill.add(low, high, place);
    await spill.finish();
    t.deepEqual(found.sort(), expected.toSorted(), `${memory} bytes`);
  }
});

const addMany = async (folder: string) => {
  const spill = new Spill({ folder, memoryBytes: 2 ** 10 }, {});
  for (let place = 0; place < 5000; place++) spill.add(place, place * 2 ** 19, place);
  await spill.finish();
};

test("a folder that is gone is an error that names it", async (t) => {
  const folder = join(temporaryFolder(t), "gone");
  await t.throwsAsync(addMany(folder), {
    instanceOf: OutputError,
    message: `${folder}: its folder does not exist. Make it first.`,
  });
});

(existsSync("/dev/full") ? test : test.skip)("a full disk is an error that says so", async (t) => {
  const folder = temporaryFolder(t);
  for (let part = 0; part < 64; part++) symlinkSync("/dev/full", join(folder, `0-${part}`));
  await t.throwsAsync(addMany(folder), { instanceOf: OutputError, message: /the disk is full/ });
});

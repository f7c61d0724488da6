import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { OutputError } from "../../../src/errors.js";
import { DistinctTexts } from "../../../src/store/hashes/distinct-texts.js";
import { FirstOccurrences } from "../../../src/store/hashes/first-occurrences.js";
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

test("of a text with more distinct lines than may be noted nothing is known but how many it has", async (t) => {
  const noted = async (texts: string[]) => {
    const notes = await LineNotes.create(1, 2);
    for (const [i, text] of texts.entries()) notes.add(text, i + 1);
    return { lines: notes.lines, isKnown: notes.finish() !== undefined };
  };
  t.deepEqual(await noted(["a", "b", "a", ""]), { lines: 4, isKnown: true });
  t.deepEqual(await noted(["a", "b", "c", "a"]), { lines: 4, isKnown: false });
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

/** Whether each value is the first of its kind, by a Set. */
function firstsBySet(hashes: BigUint64Array): boolean[] {
  const seen = new Set<bigint>();
  return Array.from(hashes, (hash) => !seen.has(hash) && seen.add(hash) !== undefined);
}

/** A well-spread number of 64 bits (splitmix64). */
function spread(n: number): bigint {
  let z = BigInt.asUintN(64, BigInt(n) * 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const make = (length: number, hashAt: (i: number) => bigint) =>
  BigUint64Array.from({ length }, (_, i) => hashAt(i));

/** Hashes of each kind, about `n` of them. */
const SHAPES: Record<string, (n: number) => BigUint64Array> = {
  none: () => make(0, spread),
  "one hash, which is zero": () => make(1, () => 0n),
  "all equal": (n) => make(n, () => 0x0123456789abcdefn),
  "all zero": (n) => make(n, () => 0n),
  "all different": (n) => make(n, spread),
  "each twice, the second time long after": (n) => make(n, (i) => spread(i % (n / 2))),
  "each twice in a row": (n) => make(n, (i) => spread(i >> 1)),
  "few among many": (n) => make(n, (i) => (i % 3 === 0 ? spread(i % 30) : spread(i))),
  "small numbers in a row": (n) => make(n, (i) => BigInt(i % (0.4 * n))),
  "different only in the upper half": (n) => make(n, (i) => BigInt(i % (0.4 * n)) << 32n),
  "different only in the sixteen lowest bits, backwards": (n) =>
    make(n, (i) => BigInt(65_535 - (i % (0.4 * n)))),
  "zero again after all memory is used": (n) =>
    make(n, (i) => (i % (n / 4) === n / 4 - 1 ? 0n : spread(i % (0.4 * n)))),
};

/** How much memory there is, and how many hashes: where there is none, each fills a folder of files. */
const SIZES = [
  [1, 1000],
  [4096, 4000],
  [32_768, 4000],
  [2 ** 22, 4000],
];

async function firstsWithin(t: ExecutionContext, hashes: BigUint64Array, memoryBytes: number, batch: number) {
  const folder = join(temporaryFolder(t), "firsts");
  const finder = new FirstOccurrences({ folder, memoryBytes });
  for (let i = 0; i < hashes.length; i += batch) finder.add(hashes.subarray(i, i + batch));
  const levels = new Set<string>();
  if (existsSync(folder)) for (const name of readdirSync(folder)) levels.add(name);
  const firsts = await finder.finish();
  const found = Array.from(hashes, (_, i) => firsts.has(i));
  const { length, count } = firsts;
  firsts[Symbol.dispose]();
  return { found, length, count, spilled: levels.size > 0, left: existsSync(folder) };
}

for (const [shape, makeHashes] of Object.entries(SHAPES))
  for (const [memoryBytes, count] of SIZES)
    test(`firsts of ${shape} in ${memoryBytes} bytes of memory are what a Set says, and nothing is left behind`, async (t) => {
      const hashes = makeHashes(count);
      const expected = firstsBySet(hashes);
      const found = await firstsWithin(t, hashes, memoryBytes, 777);
      t.deepEqual(found.found, expected);
      t.is(found.length, hashes.length);
      t.is(found.count, expected.filter(Boolean).length);
      t.false(found.left);
    });

test("hashes go to files where memory is full, and only there", async (t) => {
  t.true((await firstsWithin(t, SHAPES["all different"](8000), 4096, 1000)).spilled);
  t.false((await firstsWithin(t, SHAPES["all different"](8000), 2 ** 22, 1000)).spilled);
  t.false((await firstsWithin(t, SHAPES["all equal"](8000), 4096, 1000)).spilled);
});

test("what a killed run left in the folder does not count", async (t) => {
  const folder = join(temporaryFolder(t), "firsts");
  mkdirSync(folder);
  for (const name of ["bits", "0-1", "0-63"]) writeFileSync(join(folder, name), Buffer.alloc(4096, 0xff));
  const finder = new FirstOccurrences({ folder, memoryBytes: 1024 });
  const hashes = SHAPES["few among many"](8000);
  finder.add(hashes);
  const firsts = await finder.finish();
  t.deepEqual(
    Array.from(hashes, (_, i) => firsts.has(i)),
    firstsBySet(hashes),
  );
  firsts[Symbol.dispose]();
});

test("a finder that is given up, or whose signal is aborted, leaves no folder", async (t) => {
  const folder = join(temporaryFolder(t), "firsts");
  const givenUp = new FirstOccurrences({ folder, memoryBytes: 1024 });
  givenUp.add(SHAPES["all different"](8000));
  givenUp.close();
  t.false(existsSync(folder));

  const stopped = new FirstOccurrences({ folder, memoryBytes: 1024 });
  stopped.add(SHAPES["all different"](8000));
  const reason = new Error("enough");
  const error = await t.throwsAsync(stopped.finish(AbortSignal.abort(reason)));
  t.is(error, reason);
  t.false(existsSync(folder));
});

test("a folder that cannot be made is an error that names it", (t) => {
  const file = join(temporaryFolder(t), "file");
  writeFileSync(file, "");
  const error = t.throws(() => new FirstOccurrences({ folder: join(file, "firsts"), memoryBytes: 1024 }), {
    instanceOf: OutputError,
  });
  t.true(error?.message.startsWith(`${join(file, "firsts")}: `));
});

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { OutputError } from "../../../src/errors.js";
import { FirstOccurrences } from "../../../src/store/hashes/first-occurrences.js";
import { temporaryFolder } from "../../temporary-folder.js";

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
